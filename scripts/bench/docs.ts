/** Weight and speed of the reference, beside a plain Redoc page of the same document. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { required } from '../../src/required.ts'
import { projectFolder } from '../build/step.ts'
import { docsOf } from '../docs.ts'
import { renderRedoc } from '../reference/redoc.ts'
import { withFolder } from './tools/folder.ts'
import { median } from './tools/process.ts'
import type { Table } from './tools/table.ts'

const runs = 5
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']

type Times = { firstContent: number; interactive: number }

/** Opens a page once. It is interactive when the last long task ended, with a second of quiet behind it. */
const timesOf = async (browser: Browser, url: string): Promise<Times> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push(startTime + duration)
    }).observe({ type: 'longtask', buffered: true })
    Object.assign(globalThis, { taskEnds: tasks })
  })
  await page.goto(url)
  await page.waitForFunction(
    () =>
      performance.getEntriesByName('first-contentful-paint').length > 0 &&
      performance.now() - Math.max(0, ...Reflect.get(globalThis, 'taskEnds')) > 1000,
  )
  const times = await page.evaluate(() => {
    const firstContent = performance.getEntriesByName('first-contentful-paint')[0]!.startTime
    return { firstContent, interactive: Math.max(firstContent, ...Reflect.get(globalThis, 'taskEnds')) }
  })
  await page.close()
  return times
}

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(0)

const measure = async (folder: string): Promise<Table> => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  try {
    const json = readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8')
    const pages = [
      { name: 'this reference', html: required((await docsOf(json))['index.html'], 'page'), times: [] as Times[] },
      { name: 'plain `redocly build-docs`', html: await renderRedoc(json), times: [] as Times[] },
    ].map((page, index) => ({ ...page, file: join(folder, `${index}.html`) }))
    for (const { file, html } of pages) writeFileSync(file, html)
    // The pages take turns, so that a slow moment of the machine meets both.
    for (let run = 0; run < runs; run++) for (const { file, times } of pages) times.push(await timesOf(browser, pathToFileURL(file).href))
    return {
      title: 'Reference',
      columns: ['page', 'kB', 'kB, gzip', 'first content, ms', 'interactive, ms'],
      rows: pages.map(({ name, html, times }) => [
        name,
        kilobytes(Buffer.byteLength(html)),
        kilobytes(gzipSync(html).length),
        Math.round(median(times.map(({ firstContent }) => firstContent))),
        Math.round(median(times.map(({ interactive }) => interactive))),
      ]),
      note: `From a file in headless Chromium, median of ${runs}. Interactive is the end of the last long task, with a second of quiet behind it. The plain page has no guides and no samples.`,
    }
  } finally {
    await browser.close()
  }
}

export const bench = (): Promise<Table> => withFolder(measure)
