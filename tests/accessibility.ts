/** What a checker of accessibility finds in a page. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What is not accessible in a page: each rule, with the first elements that break it.
 * @param within CSS selector of the part that is checked
 * @param runOnly rules to check; all of them, if not given
 */
export const violationsIn = async (page: Page, { within = 'html', runOnly }: { within?: string; runOnly?: string[] } = {}) => {
  // The page's own policy keeps foreign scripts out, so the checker is evaluated, not inserted.
  await page.evaluate(axe)
  // What passes is thousands of elements, which nobody reads.
  const options = JSON.stringify({ resultTypes: ['violations'], runOnly })
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(within)}, ${options})`)) as AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).slice(0, 3)}`)
}
