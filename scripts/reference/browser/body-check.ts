/**
 * Whether a body is right for its operation, and what is wrong where. The servers' judge compiles schemas into code, which the page's policy
 * forbids; this one walks them. The reasons are the servers' own. It needs no page, so that a test compares the two in Node.
 */
import { dereference, type Schema as JudgedSchema, validate } from '@cfworker/json-schema'
import { required } from '../../../src/required.ts'
import { resolveSchema, type Schema } from '../../../src/schema.ts'
import { type Breach, Explainer } from '../../../src/violations.ts'
import type { RequestSchemas } from '../model/request-schemas.ts'
import { type Fault, type Places, positionOf, readJson, type Span } from './json-text.ts'

/** What is wrong with a text, and where. */
export type Problem = { span: Span; line: number; column: number } & (
  | { fault: Fault; breach?: undefined }
  | { breach: Breach; fault?: undefined }
)

export type BodyCheck = {
  /** Why a value is no body for an operation; empty for one that is right. */
  breachesOf: (operationId: string, value: unknown) => Breach[]
  /** What is wrong with a text as the body of an operation, from top to bottom. */
  problemsOf: (operationId: string, text: string) => Problem[]
}

/** Where to show a breach: at the value; with its name where that is what is wrong; around it where it is missing. */
const spanOf = ({ path, rule }: Breach, places: Places): Span => {
  const own = rule === 'additionalProperties' || rule === 'exclusive' ? places.memberAt(path) : places.valueAt(path)
  return own ?? places.valueAt(path.slice(0, -1)) ?? { start: 0, end: 0 }
}

/** Makes the check. */
export const createBodyCheck = (schemas: RequestSchemas): BodyCheck => {
  const lookup = dereference(schemas)
  const conforms = (schema: Schema, value: unknown) => validate(value, schema as JudgedSchema, '2020-12', lookup).valid
  const explainer = new Explainer(schemas, {
    conforms,
    compileKeyword: (keyword, limit) => (value) => conforms({ [keyword]: limit }, value),
  })

  const breachesOf = (operationId: string, value: unknown) => {
    const name = required(schemas.bodies[operationId], `Schema of ${operationId}`)
    return explainer.explain(resolveSchema(schemas, schemas.components.schemas[name]), value)
  }

  const problemsOf = (operationId: string, text: string): Problem[] => {
    // Without a body, nothing is sent, which is an object without properties.
    const read = readJson(text.trim() === '' ? '{}' : text)
    if (read.fault) return [{ fault: read.fault, span: read.fault, ...positionOf(text, read.fault.start) }]
    return breachesOf(operationId, read.value)
      .map((breach) => ({ breach, span: spanOf(breach, read.places) }))
      .sort((a, b) => a.span.start - b.span.start)
      .map((problem) => ({ ...problem, ...positionOf(text, problem.span.start) }))
  }

  return { breachesOf, problemsOf }
}
