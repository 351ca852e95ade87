/**
 * One selection for all that belongs to a payment method. Redoc lets the response's example follow the request's, but the code sample
 * and the forms of request and response do not, and no option of Redoc makes them. So the two functions of its bundle that decide are
 * changed. Their names are minified: each is read from the code around, and code that reads otherwise stops the build.
 */
import { BuildError } from '../build/step.ts'

/** Pattern in which `§` stands for a minified name. */
const pattern = (text: string) => new RegExp(text.replaceAll('§', '[\\w$]+'))

const unknown = (what: string) =>
  new BuildError(`Redoc's bundle has changed: ${what} was not found. Adapt scripts/docs/selection.ts to it.`)

/** What the groups of a pattern match in a code. */
const namesIn = (code: string, text: string): string[] => {
  const found = pattern(text).exec(code)
  if (!found) throw unknown(text)
  return found.slice(1)
}

const replaceIn = (code: string, text: string, replacement: (...groups: string[]) => string) => {
  const [whole = '', ...groups] = pattern(text).exec(code) ?? []
  if (!whole) throw unknown(text)
  return code.replace(whole, () => replacement(whole, ...groups))
}

/** Changes the one function that contains a piece of code. */
const changeFunction = (html: string, text: string, change: (code: string) => string) => {
  const [found, ...others] = [...html.matchAll(new RegExp(pattern(text), 'g'))]
  if (!found || others.length > 0) throw unknown(text)
  const start = html.lastIndexOf('function ', found.index)
  const end = found.index + found[0].length
  return html.slice(0, start) + change(html.slice(start, end)) + html.slice(end)
}

const selectedExample = '§=(§)\\((§)\\(\\{itemId:§,key:`activeExampleKey`\\}\\)\\)'
const sampleText = 'return (§)\\?\\1\\.source:[^}]*\\}[^}]*\\},\\[[\\w$,]*'
const pickedForm = '\\{§&&§\\(§=>\\(\\{activeDiscriminator:\\{\\.\\.\\.§\\.activeDiscriminator,\\[§\\]:§\\}\\}\\)\\)'

/** The request's panel asks `sampleText` (samples-choice.js) for its code, with all that is selected. */
const sampleOfSelection = (html: string) =>
  changeFunction(html, sampleText, (code) => {
    const [inResponse] = namesIn(code, selectedExample.replace('§', '(§)'))
    const [inRequest] = namesIn(code, '(§)=§\\?§\\[§\\]\\?\\.key\\?\\?§:void 0,')
    const [mediaType] = namesIn(code, '=`\\$\\{(§)\\}\\|')
    return replaceIn(code, sampleText, (whole, sample) =>
      `${whole},${inResponse},${inRequest},${mediaType}`.replace(
        `${sample}.source:`,
        `sampleText(${sample}.source,[${inResponse},${inRequest}],${mediaType}):`,
      ),
    )
  })

/** A union shows the member that is called like the selected example, and choosing a member selects the example. */
const formOfSelection = (html: string) => {
  const [read, state] = namesIn(html, selectedExample)
  return changeFunction(html, pickedForm, (code) => {
    const [item] = namesIn(code, '(§)=\\(0,§\\.useContext\\)')
    const [members] = namesIn(code, '(§)=\\(0,§\\.useMemo\\)\\(\\(\\)=>Object\\.entries\\(')
    const [write, atom] = namesIn(code, '§=(§)\\((§)\\(§\\)\\),§=\\(0,§\\.useMemo\\)\\(\\(\\)=>Object')
    const [linked] = namesIn(code, '§=§===void 0\\?(§)===-1\\?0')
    const example = `selectedExample=${read}(${state}({itemId:${item}??'',key:'activeExampleKey'})),selectExample=${write}(${atom}(${item}??''))`
    const follows = replaceIn(
      code,
      '(§)=(§)===void 0\\?(§)===-1\\?0:\\3:\\2;',
      (_whole, index, picked) =>
        `${example},${index}=${picked}===void 0?${linked}===-1?Math.max(0,${members}.findIndex(([name])=>name===selectedExample)):${linked}:${picked};`,
    )
    return replaceIn(follows, `(${pickedForm.replace(':§\\}', ':)(§)(\\}')})`, (_whole, before, picked, after) =>
      `${before}${linked}===-1?void 0:${picked}${after},selectExample({activeExampleKey:${members}[${picked}][0]})`.replace('&&', '&&('),
    ).concat(')')
  })
}

/**
 * Makes samples and forms follow the selected example.
 * @param html page with Redoc's bundle inlined
 * @throws {BuildError} where the bundle does not read as expected
 */
export const shareSelection = (html: string) => formOfSelection(sampleOfSelection(html))
