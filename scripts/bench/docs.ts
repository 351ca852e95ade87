/** Weight and speed of the reference, beside the pages that Redoc and Scalar make of the same document. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { required } from '../../src/required.ts'
import { projectFolder } from '../build/step.ts'
import { docsOf } from '../docs.ts'
import { renderRedoc } from '../reference/redoc.ts'
import { launchBrowser } from '../tools/chromium.ts'
import { withFolder } from './tools/folder.ts'
import { install } from './tools/install.ts'
import { median } from './tools/process.ts'
import type { Table } from './tools/table.ts'

const runs = 5
const scalarVersion = '1.76.0'

/** Milliseconds by the clock of the page's main thread, but for the layout shift, which has no unit. */
type Figures = { firstContent: number; interactive: number; longestTask: number; blocked: number; shift: number }

/** Event of Chromium's trace: times in microseconds, `tdur` by the clock of the thread itself. */
type TraceEvent = { name: string; ph: string; ts: number; tdur?: number; pid: number; tid: number; args: unknown }

/** A task longer than this keeps the reader waiting. */
const longTaskMs = 50

/** What the main thread of a page worked until something was painted, and until the last long task ended. */
const workOf = (events: TraceEvent[], url: string): Omit<Figures, 'shift'> => {
  const start = required(events.filter(({ name, args }) => name === 'navigationStart' && JSON.stringify(args).includes(url)).at(-1), url)
  const own = events.filter(({ pid, ts }) => pid === start.pid && ts >= start.ts)
  const painted = required(
    own.find(({ name }) => name === 'firstContentfulPaint'),
    'first content',
  ).ts
  const tasks = own
    .filter(({ name, ph, tid }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X' && tid === start.tid)
    .map(({ ts, tdur = 0 }) => ({ ts, ms: tdur / 1000 }))
  const workUntil = (time: number) => tasks.filter(({ ts }) => ts <= time).reduce((sum, { ms }) => sum + ms, 0)
  const long = tasks.filter(({ ms }) => ms > longTaskMs)
  return {
    firstContent: workUntil(painted),
    interactive: workUntil(Math.max(painted, ...long.map(({ ts }) => ts))),
    longestTask: Math.max(...tasks.map(({ ms }) => ms)),
    blocked: long.reduce((sum, { ms }) => sum + ms - longTaskMs, 0),
  }
}

/** Makes the page observe its long tasks and its shifts. */
const observe = () => {
  const seen = { lastTaskEnd: 0, shift: 0 }
  const on = (type: string, use: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true })
  on('longtask', ({ startTime, duration }) => {
    seen.lastTaskEnd = startTime + duration
  })
  on('layout-shift', (entry) => {
    seen.shift += Reflect.get(entry, 'value')
  })
  Object.assign(globalThis, { seen })
}

const isQuiet = () =>
  performance.getEntriesByName('first-contentful-paint').length > 0 &&
  performance.now() - Reflect.get(globalThis, 'seen').lastTaskEnd > 1000

/** Opens a page once, and waits until a second has passed without a long task. */
const figuresOf = async (browser: Browser, url: string): Promise<Figures> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  // Five megabytes of script take a busy machine a while.
  page.setDefaultTimeout(120_000)
  await page.addInitScript(observe)
  await browser.startTracing(page, { categories: ['toplevel', 'loading', 'blink.user_timing'] })
  await page.goto(url)
  await page.waitForFunction(isQuiet, undefined, { polling: 200 })
  const shift: number = await page.evaluate(() => Reflect.get(globalThis, 'seen').shift)
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(String(await browser.stopTracing()))
  await page.close()
  return { ...workOf(traceEvents, url), shift }
}

/** Scalar's page with everything in it, as Redoc's has: its standalone bundle and the document. */
const renderScalar = async (json: string): Promise<string> => {
  const packages = await install(`@scalar/api-reference@${scalarVersion}`)
  const bundle = readFileSync(resolve(packages, 'node_modules/@scalar/api-reference/dist/browser/standalone.js'), 'utf8')
  const inScript = (text: string) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const settings = `{ content: ${inScript(json)}, telemetry: false, withDefaultFonts: false, agent: { disabled: true } }`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Scalar</title></head><body><div id="app"></div>
<script>${inScript(bundle)}</script><script>Scalar.createApiReference('#app', ${settings})</script></body></html>`
}

const columns: [figure: keyof Figures, title: string, digits: number][] = [
  ['firstContent', 'first content, ms', 0],
  ['interactive', 'interactive, ms', 0],
  ['longestTask', 'longest task, ms', 0],
  ['blocked', 'blocked, ms', 0],
  ['shift', 'layout shift', 3],
]

const note = `From a file in headless Chromium, median of ${runs}. Times are what the page's main thread works, by its own clock: other programs of the machine do not move them. Interactive is the end of the last task of more than ${longTaskMs} ms; blocked is what such tasks take beyond ${longTaskMs} ms each. Redoc's and Scalar's pages are in one language and have no guides.`

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(0)

const measure = async (folder: string): Promise<Table> => {
  const browser = await launchBrowser()
  try {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    const pages = [
      { name: 'this reference', html: required((await docsOf(json))['index.html'], 'page'), figures: [] as Figures[] },
      { name: 'plain `redocly build-docs`', html: await renderRedoc(json), figures: [] as Figures[] },
      { name: `Scalar ${scalarVersion}`, html: await renderScalar(json), figures: [] as Figures[] },
    ].map((page, index) => ({ ...page, file: join(folder, `${index}.html`) }))
    for (const { file, html } of pages) writeFileSync(file, html)
    // The pages take turns, so that a slow moment of the machine meets all of them.
    for (let run = 0; run < runs; run++)
      for (const { file, figures } of pages) figures.push(await figuresOf(browser, pathToFileURL(file).href))
    return {
      title: 'Reference',
      columns: ['page', 'kB', 'kB, gzip', ...columns.map(([, title]) => title)],
      rows: pages.map(({ name, html, figures }) => [
        name,
        kilobytes(Buffer.byteLength(html)),
        kilobytes(gzipSync(html).length),
        ...columns.map(([column, , digits]) => median(figures.map((figure) => figure[column])).toFixed(digits)),
      ]),
      note,
    }
  } finally {
    await browser.close()
  }
}

export const bench = (): Promise<Table> => withFolder(measure)
