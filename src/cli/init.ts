/** `komoju-openapi init`: the two files with which a project begins to be tested against the API. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { packagesOf, withVersions } from '../missing-packages.ts'
import { installCommand } from './install.ts'

const contractTest = `/** The KOMOJU API contract, run against your own server. Set KOMOJU_URL to it; without, a local sandbox is tested. */
import { contract } from 'komoju-openapi/contract'

contract({
  url: process.env.KOMOJU_URL ?? 'http://127.0.0.1:4020/api/v1',
  secretKey: process.env.KOMOJU_SECRET_KEY ?? 'sk_test_1',
})
`

const environment = `# Copy to .env, and keep that file out of version control.
# Your secret key. Any key that starts with sk_ is accepted by the mock and the sandbox.
KOMOJU_SECRET_KEY=sk_test_1
# The API: the sandbox of \`npx komoju-openapi sandbox\`. Leave it out to call KOMOJU.
KOMOJU_URL=http://127.0.0.1:4020/api/v1
# What --webhook-secret of the sandbox says, or the secret of your webhook at KOMOJU.
KOMOJU_WEBHOOK_SECRET=secret
`

/**
 * Writes the files that are not there yet; what is there stays as it is.
 * @param folder the project
 * @returns one line a file, then what to do next
 */
export const init = (folder: string): string[] => {
  const testFile = `tests/komoju.contract.test.${existsSync(join(folder, 'tsconfig.json')) ? 'ts' : 'js'}`
  const lines = Object.entries({ [testFile]: contractTest, '.env.example': environment }).map(([name, text]) => {
    const file = join(folder, name)
    if (existsSync(file)) return `kept   ${name}, which was there`
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    return `wrote  ${relative(folder, file)}`
  })
  // The test and the sandbox that it tests.
  const packages = [...new Set([...(packagesOf.contract ?? []), ...(packagesOf.sandbox ?? [])])].sort()
  return [
    ...lines,
    '',
    'Next:',
    `  ${installCommand(withVersions(packages), folder)}`,
    '  npx komoju-openapi sandbox --quiet &    # or set KOMOJU_URL to your own server',
    `  npx vitest run ${testFile}`,
  ]
}
