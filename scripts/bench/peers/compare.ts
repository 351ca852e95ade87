/** The kit and its peers on the same servers: the right sandbox, and a sample of the faults. Alone, it prints its tables. */

import { faults } from '../../faults/catalogue.ts'
import type { Fault } from '../../faults/fault.ts'
import { createTarget, type Middleware } from '../../faults/target.ts'
import { withFolder } from '../tools/folder.ts'
import { median } from '../tools/process.ts'
import type { Table } from '../tools/table.ts'
import { markdown } from '../tools/table.ts'
import { createDredd } from './dredd.ts'
import { createKit } from './kit.ts'
import { type Peer, prepareIds, type Report } from './peer.ts'
import { createPortman } from './portman.ts'
import { createPrism } from './prism.ts'
import { createRespect } from './respect.ts'

/** Runs on the right sandbox, for times and false alarms. */
const rounds = 3
/** Of each class, the first fault and each twelfth after it. */
const stride = 12
/** Faults that this kit must not miss. They are in the sample wherever they stand. */
const always = [
  'credentials are ignored',
  'malformed JSON crashes',
  'forms are rejected',
  'a created payment is not kept',
  'getPayment returns 200 for an unknown id',
  'a second cancellation is accepted',
  'cancelling has no effect',
]
/** Faults under test at a time. Times are measured before, one run after the other. */
const together = 2
/** Ids for each operation: Dredd takes one for each request. */
const idsEach = 8

/** The faults that every tool is tried on. */
export const sample = (): Fault[] =>
  faults.filter(({ name, kind }, index) => {
    const before = faults.slice(0, index).filter((other) => other.kind === kind).length
    return before % stride === 0 || always.includes(name)
  })

const say = (text: string) => console.error(`  ${text}`)
const firstLine = (error: unknown) => String((error as Error).message ?? error).split('\n')[0]!

/** Runs one peer on a fresh sandbox, with or without a fault before it. */
const runOn = (peer: Peer, fault?: () => Middleware): Promise<Report & { milliseconds: number }> =>
  withFolder(async (folder) => {
    const target = await createTarget(fault?.())
    try {
      const url = await target.listen()
      const ids = await prepareIds(url, idsEach)
      const started = performance.now()
      const report = await peer.run({ url, ids, folder })
      return { ...report, milliseconds: performance.now() - started }
    } finally {
      await target.close()
    }
  })

/** A peer that runs here, with what it says of the right sandbox; or why it does not. */
type Contestant = { name: string } & (
  | { peer: Peer; checks: number; alarms: number; known: Set<string>; milliseconds: number }
  | { failure: string }
)

const onRightServer = async (name: string, create: () => Peer | Promise<Peer>): Promise<Contestant> => {
  try {
    const peer = await create()
    const runs: Awaited<ReturnType<typeof runOn>>[] = []
    for (let round = 0; round < rounds; round++) runs.push(await runOn(peer))
    const milliseconds = median(runs.map((run) => run.milliseconds))
    const alarms = Math.max(...runs.map(({ failures }) => failures.length))
    const known = new Set(runs.flatMap(({ failures }) => failures))
    say(`${name}: ${alarms} false alarms in ${runs[0]!.checks} checks, ${(milliseconds / 1000).toFixed(1)} s a run`)
    return { name, peer, checks: runs[0]!.checks, alarms, known, milliseconds }
  } catch (error) {
    say(`${name} does not run here: ${(error as Error).message}`)
    return { name, failure: firstLine(error) }
  }
}

/** Whether a peer says of the faulty server what it does not say of the right one. */
const verdictOn = async (contestant: Contestant, { make }: Fault): Promise<'found' | '–' | 'no report' | 'not run'> => {
  if ('failure' in contestant) return 'not run'
  try {
    const { failures } = await runOn(contestant.peer, make)
    return failures.some((failure) => !contestant.known.has(failure)) ? 'found' : '–'
  } catch (error) {
    say(`${contestant.name}: ${firstLine(error)}`)
    return 'no report'
  }
}

/** Tries the kit and its peers, and returns the summary and the table of faults. */
export const comparePeers = async (): Promise<Table[]> => {
  const contestants = [
    await onRightServer('this kit', createKit),
    await onRightServer('Dredd', createDredd),
    await onRightServer('Portman', createPortman),
    await onRightServer('Redocly Respect', createRespect),
    await onRightServer('Prism proxy', createPrism),
  ]
  const sampled = sample()
  const verdicts = new Map<Fault, string[]>()
  const waiting = [...sampled]
  const tryWaiting = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const row: string[] = []
      for (const contestant of contestants) row.push(await verdictOn(contestant, fault))
      verdicts.set(fault, row)
      say(`${verdicts.size} of ${sampled.length} faults: ${fault.name}: ${row.join(', ')}`)
    }
  }
  await Promise.all(Array.from({ length: together }, tryWaiting))

  const found = (index: number) => sampled.filter((fault) => verdicts.get(fault)![index] === 'found').length
  const notes = contestants.map((contestant) => {
    if ('failure' in contestant) return `- **${contestant.name}** does not run here: ${contestant.failure}`
    const { how, alarms } = contestant.peer
    return `- **${contestant.name}**: ${how}${contestant.alarms > 0 && alarms ? ` False alarms: ${alarms}.` : ''}`
  })
  return [
    {
      title: 'The kit and its peers',
      columns: ['tool', 'version', `faults found of ${sampled.length}`, 'false alarms on the right sandbox', 'seconds a run'],
      rows: contestants.map((contestant, index) =>
        'failure' in contestant
          ? [contestant.name, '', 'not run', 'not run', 'not run']
          : [
              contestant.name,
              contestant.peer.version,
              found(index),
              `${contestant.alarms} in ${contestant.checks} checks`,
              (contestant.milliseconds / 1000).toFixed(1),
            ],
      ),
      note: [
        `Each runs whole, over HTTP, on a fresh sandbox with payments and accounts made ready. Time is the median of ${rounds} runs on the right sandbox, ` +
          'false alarms are the most of these. A fault is found where a tool reports a failure that it does not report there.',
        '',
        ...notes,
      ].join('\n'),
    },
    {
      title: 'The sample, tool by tool',
      columns: ['fault', 'class', ...contestants.map(({ name }) => name)],
      rows: sampled.map((fault) => [fault.name, fault.kind, ...verdicts.get(fault)!]),
      note:
        `Of each class, the first fault and each ${stride}th after it, in the order of the catalogue; and, wherever they stand: ` +
        `${always.join('; ')}.`,
    },
  ]
}

if (import.meta.main) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  for (const table of await comparePeers()) console.log(markdown(table))
}
