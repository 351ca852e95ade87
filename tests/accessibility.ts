/** What a checker of accessibility finds in a page. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Puts aside what cannot break a rule, and says how to put it back: what nobody sees, which is most of the reference, and what stands beside
 * the part that is checked. What has an id stays, as another element may be named by it.
 */
const putAside = (within: string) => {
  const part = globalThis.document.querySelector(within)
  const aside = [...globalThis.document.querySelectorAll('body :not(style, link, script, option, optgroup)')]
    .filter((element) => {
      const { parentElement: parent } = element
      if (parent !== part && parent?.contains(part) && !element.contains(part)) return true
      return !element.checkVisibility() && parent?.checkVisibility() && !element.matches('[id], :has([id])')
    })
    .map((element) => {
      const mark = new Comment()
      element.replaceWith(mark)
      return () => mark.replaceWith(element)
    })
  const putBack = () => {
    for (const back of aside) back()
  }
  Object.assign(globalThis, { putBack })
}

/**
 * What is not accessible in a page: each rule, with the first elements that break it.
 * @param within CSS selector of the part that is checked
 * @param runOnly rules to check; all of them, if not given
 */
export const violationsIn = async (page: Page, { within = 'html', runOnly }: { within?: string; runOnly?: string[] } = {}) => {
  // The reference gives its sections their height bit by bit, and what moves is judged against what lay behind it before.
  await page.waitForFunction(() => !globalThis.document.querySelector('.js [data-page]:not(.laid-out)'))
  // The page's own policy keeps foreign scripts out, so the checker is evaluated, not inserted.
  await page.evaluate(axe)
  await page.evaluate(putAside, within)
  // What passes is thousands of elements, which nobody reads.
  const options = JSON.stringify({ resultTypes: ['violations'], runOnly })
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(within)}, ${options})`)) as AxeResults
  await page.evaluate('putBack()')
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 100)} ${failureSummary}`).slice(0, 3)}`,
  )
}
