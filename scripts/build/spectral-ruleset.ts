/** Loads .spectral.yaml. Spectral's own loader compiles it with Rollup first, which takes longer than to read it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { spectral } from './spectral.ts'
import { BuildError, projectFolder } from './step.ts'

/** Functions that rules call, by name: Spectral's, and those in the folder that the file names. */
const functionsOf = async ({ functions, functionsDir }: { functions: string[]; functionsDir: string }) => {
  const addressOf = (name: string) => pathToFileURL(resolve(projectFolder, functionsDir, `${name}.js`)).href
  const own = functions.map(async (name) => [name, (await import(addressOf(name))).default])
  return new Map<string, unknown>([...Object.entries(spectral.functions), ...(await Promise.all(own))] as [string, unknown][])
}

/**
 * Loads the rules.
 * @throws {BuildError} for a rule with a function that does not exist
 */
export const loadRuleset = async () => {
  const text = readFileSync(resolve(projectFolder, '.spectral.yaml'), 'utf8')
  const functions = await functionsOf(parse(text))
  const {
    aliases,
    rules,
    extends: bases,
  } = parse(text, (key, value) => {
    if (key !== 'function') return value
    if (!functions.has(String(value)))
      throw new BuildError(`.spectral.yaml: ${value} is no function of Spectral, and not listed in \`functions\`.`)
    return functions.get(String(value))
  })
  const severities = (bases as [name: string, severity: string][]).map(([, severity]) => severity)
  return new spectral.core.Ruleset(
    { extends: severities.map((severity) => [spectral.oas.default, severity]), aliases, rules },
    { severity: 'recommended' },
  )
}
