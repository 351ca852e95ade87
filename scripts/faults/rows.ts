/** What the report of the kit names first for each planted fault of both right servers. */
import { type Cause, causesOf } from '../../src/contract/report/causes.ts'
import { createSandbox } from '../../src/server/sandbox/sandbox.ts'
import { faults } from './catalogue.ts'
import type { Fault } from './fault.ts'
import { huntAll } from './hunt.ts'
import { isApt, isRightOperation, leftFree } from './second-server/apt.ts'
import { faults as secondFaults } from './second-server/faults.ts'
import { huntOnSecondServer } from './second-server/hunt.ts'
import { createTarget } from './target.ts'

export type Row = {
  server: 'sandbox' | 'second server'
  fault: string
  operation: string
  /** First rule of the report, undefined where nothing was found. */
  rule?: string
  /** Whether that rule says what is wrong with the fault. */
  isApt: boolean
  /** Operation that the report names first. */
  named?: string
  /** Whether it is one that has the fault, and not one that suffers from it. */
  isRight: boolean
  /** Decision of docs/contract/leniency.md that makes it right. */
  leftFree?: string
  /** For each operation at fault, a check that finds it. */
  checks?: string[]
}

/** A fault that is hunted when its turn comes. */
type Hunt = () => Promise<Row>

const firstOf = ([first]: Cause[]) => (first ? { rule: first.rule, named: first.operations[0] ?? '' } : {})

const onSandbox =
  (fault: Fault): Hunt =>
  async () => {
    const sandbox = await createSandbox({})
    const target = await createTarget(fault.make(), sandbox)
    const findings = await huntAll(fault, target)
    const causes = causesOf(findings)
    await target.close()
    await sandbox.close()
    const [first] = causes
    const checks = fault.operations.flatMap(
      (operation) => findings.find(({ rule, operationId }) => rule === fault.rule && operationId === operation)?.checks[0] ?? [],
    )
    return {
      checks: [...new Set(checks)],
      server: 'sandbox',
      fault: fault.name,
      operation: fault.operation,
      ...firstOf(causes),
      isApt: causes.some(
        ({ rule, operations }) => rule === fault.rule && fault.operations.every((operation) => operations.includes(operation)),
      ),
      isRight: fault.operations.includes(first?.operations[0] ?? ''),
    }
  }

const onSecondServer =
  (fault: (typeof secondFaults)[number]): Hunt =>
  async () => {
    const causes = await huntOnSecondServer(fault)
    const [first] = causes
    const decision = leftFree[fault.name]
    return {
      server: 'second server',
      fault: `${fault.name}: ${fault.changes}`,
      operation: fault.operation,
      ...firstOf(causes),
      isApt: first !== undefined && isApt(fault, first.rule),
      isRight: first !== undefined && isRightOperation(fault, first.operations[0] ?? ''),
      ...(decision !== undefined && { leftFree: decision }),
    }
  }

/** Every planted fault of both servers, in the order of the table. */
export const hunts: Hunt[] = [...faults.map(onSandbox), ...secondFaults.map(onSecondServer)]
