/** Chromium, as Debian's packages install it. */
import { globSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where the packages put it, the one without a user interface first: it does the same in two thirds of the time. */
export const chromiumPlaces = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** Debian's package of it. */
export const chromiumPackage = 'chromium-headless-shell'

/**
 * Launches Chromium without windows.
 * @param args arguments of its command line, beside those that every launch has
 * @throws {Error} where it is not installed
 */
export const launchBrowser = (...args: string[]): Promise<Browser> => {
  const [executablePath] = globSync(chromiumPlaces)
  if (executablePath === undefined) throw new Error(`Chromium is missing. On Debian: apt-get install ${chromiumPackage}`)
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...args],
  })
}
