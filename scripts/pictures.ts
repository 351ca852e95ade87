/** `npm run pictures`: takes the README's pictures of the reference, the dashboard and the kit's report, as they look now. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { required } from '../src/required.ts'
import { createSandboxServer } from '../src/server/index.ts'
import { projectFolder, runStep, shown } from './build/step.ts'
import { faults } from './faults/catalogue.ts'
import { createTarget, type Middleware } from './faults/target.ts'
import { launchBrowser } from './tools/chromium.ts'

/** Wide enough for the reference to show its samples beside the text. */
const size = { width: 1500, height: 850 }
/** The pages fetch and draw after they have loaded. */
const settleMs = 4000

/** Width of the report, which is a page of text. */
const reportSize = { width: 1440, height: 900 }

const take = async (page: Page, address: string, name: string) => {
  await page.goto(address)
  await page.waitForTimeout(settleMs)
  const path = resolve(projectFolder, `docs/pictures/${name}.png`)
  await page.screenshot({ path })
  console.log(`wrote ${shown(path)}`)
}

/** Faults of the target, so that its report has something to say. */
const reportedFaults = [
  'a second cancellation is accepted',
  'amount_refunded counts refunds',
  'a prepaid number comes back',
  'pages overlap',
]

/** A sandbox that does several things wrong. */
const faultyProxy = (): Middleware =>
  reportedFaults
    .map((name) =>
      required(
        faults.find((fault) => fault.name === name),
        name,
      ).make(),
    )
    .reduce((inner, outer) => (request, next) => outer(request, (passed) => inner(passed, next)))

const makeReport = async (url: string, folder: string) => {
  const keys = ['--secret-key', 'sk_test_1', '--other-secret-key', 'sk_test_2']
  const target = ['--url', url, '--pay-url', `${new URL(url).origin}/sandbox/pay/{id}`, ...keys, '--seed', '1']
  const command = [resolve(projectFolder, 'src/cli.ts'), 'contract', ...target, '--report', 'html', '--report-dir', folder]
  try {
    await promisify(execFile)(process.execPath, command)
  } catch (error) {
    // 1 are the findings that the picture shows.
    if ((error as { code?: number }).code !== 1) throw error
  }
}

const help = `Usage: npm run pictures

Takes the README's pictures of the reference, the dashboard and the kit's report with Chromium, and writes them to docs/pictures/.
Run \`npm run build\` first.`

if (import.meta.main)
  await runStep(async () => {
    if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help) return console.log(help)
    const folder = mkdtempSync(join(tmpdir(), 'komoju-pictures-'))
    // The target is a sandbox of its own, or the payments of the run would stand in the dashboard.
    const [sandbox, target] = await Promise.all([createSandboxServer(), createTarget(faultyProxy())])
    const browser = await launchBrowser()
    try {
      mkdirSync(resolve(projectFolder, 'docs/pictures'), { recursive: true })
      const origin = await sandbox.listen()
      await fetch(`${origin}/sandbox/examples`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
      const page = await browser.newPage({ viewport: size, locale: 'en' })
      await take(page, `${origin}/#operation/createPayment`, 'reference')
      await take(page, `${origin}/sandbox`, 'dashboard')
      await makeReport(await target.listen(), folder)
      await page.setViewportSize(reportSize)
      await take(page, pathToFileURL(join(folder, 'contract.html')).href, 'report')
    } finally {
      await browser.close()
      await Promise.all([sandbox.close(), target.close()])
      rmSync(folder, { recursive: true, force: true })
    }
  })
