/** Ids of what requests from this page returned. A sandbox has these; it does not have those of the examples. */
import { isJsonObject } from '../../../src/json-object.ts'
import { sentencesText } from '../phrases.ts'
import { all, element, first, withCode } from './dom.ts'
import { word } from './words.ts'

/** Where a request goes, and as whom. */
type Access = { server: string; key: string }

/** Latest id by server, key and collection. */
const latest = new Map<string, string>()

/** Parts of `/payments/dp6f5pozrrh0nypa62joe09sd/capture`. */
const partsOf = (path: string) => {
  const [, collection = '', id = ''] = path.split('/')
  return { collection, id }
}

const nameOf = ({ server, key }: Access, path: string) => [server, key, partsOf(path).collection].join(' ')

/** Whether an id is one of the document's examples: the mock knows no other. */
export const isExample = (id: string) => all('.example .response code').some(({ textContent }) => textContent.includes(`"${id}"`))

/** Keeps the id that a response has, or the first one of its list. */
export const keepId = (access: Access, path: string, body: unknown) => {
  const found = isJsonObject(body) && Array.isArray(body.data) ? body.data[0] : body
  if (isJsonObject(found) && typeof found.id === 'string' && !isExample(found.id)) latest.set(nameOf(access, path), found.id)
}

/** Path of an example with the id that was returned last; undefined for a path without an id, and as long as nothing was returned. */
export const pathWithLatestId = (access: Access, examplePath: string): string | undefined => {
  const { id } = partsOf(examplePath)
  const known = latest.get(nameOf(access, examplePath))
  return id && known ? examplePath.replace(id, known) : undefined
}

/** A link to the operation that has this method and path; undefined for one that does not exist. */
const operationLink = (method: string, path: string) => {
  const section = first(`.send[data-method="${method}"][data-path="${path}"]`)?.closest<HTMLElement>('[data-operation]')
  const title = section?.querySelector('h2')?.firstChild?.textContent?.trim()
  return section && title ? element('a', { href: `#${section.dataset.operation}` }, title) : undefined
}

/** What to do about an example's id that a server does not have. */
export const missingIdHint = (path: string): HTMLElement => {
  const collection = `/${partsOf(path).collection}`
  const [create, list] = [operationLink('POST', collection), operationLink('GET', collection)]
  // Each link stands where a line ends.
  const link = '\n'
  const text = sentencesText(
    [word('unknownExample'), create ? word('createFirst', { link }) : '', list ? word('orExamples', { link }) : ''],
    word,
  )
  const links = [create, list].filter((known) => known !== undefined)
  const content = text.split(link).flatMap((part, index) => [...withCode(part), links[index] ?? ''])
  return element('p', { class: 'result-hint' }, ...content)
}
