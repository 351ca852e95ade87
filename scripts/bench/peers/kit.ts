/** The contract kit as its users run it: the command, whole, with the seed of the bench. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Verdict } from '../../../src/contract/report/run-report.ts'
import { projectFolder } from '../../build/step.ts'
import { type Peer, runProgram, secretKey, versionOf } from './peer.ts'

/** The kit beside its peers. */
export const createKit = (): Peer => ({
  name: 'this kit',
  version: versionOf(projectFolder),
  how: 'The command, all of its checks, with a second secret key and `--pay-url`. It knows nothing else of the target.',
  run: async ({ url, folder }) => {
    const { output } = await runProgram(process.execPath, [
      resolve(projectFolder, 'src/cli.ts'),
      ...['contract', '--url', url, '--secret-key', secretKey, '--other-secret-key', 'sk_test_other', '--seed', '1'],
      ...['--pay-url', `${new URL(url).origin}/sandbox/pay/{id}`, '--report', 'json', '--report-dir', folder],
    ])
    const report = join(folder, 'contract.json')
    if (!existsSync(report)) throw new Error(`The kit came to no end:\n${output}`)
    const { checks, findings } = JSON.parse(readFileSync(report, 'utf8')) as Verdict
    return { checks, failures: findings.map(({ operationId, rule, pointer }) => `${operationId} ${rule} ${pointer}`) }
  },
})
