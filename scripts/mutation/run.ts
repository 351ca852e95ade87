/** Runs the checks against mutants and says which of them noticed. */
import { readDocument } from '../../src/document.ts'
import { checksOf, type JudgedDocument, judgedDocumentOf, type VerdictCheck } from './checks.ts'
import { readCorpus } from './corpus.ts'
import { rules } from './equivalent.ts'
import { type Disagreement, disagreementsOf } from './judges.ts'
import { type Mutant, mutantsOf, shownPath } from './mutants.ts'
import { createTypeTests } from './type-tests.ts'

export type Fate = { kind: string; place: string } & (
  | { fate: 'killed'; by: string }
  | { fate: 'equivalent'; by: string }
  | { fate: 'survived' }
)
export type Outcome = Fate & { disagreements: Disagreement[] }

const notices = (subject: JudgedDocument) => (check: VerdictCheck) => {
  try {
    return !check.passes(subject)
  } catch {
    return true
  }
}

/** Schemas from which each schema can be reached by references, itself included. */
const reachable = (schemas: Record<string, unknown>): Map<string, Set<string>> => {
  const namesIn = (schema: unknown) => [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name!)
  const reached = new Map<string, Set<string>>()
  const visit = (from: string, name: string) => {
    if (reached.get(from)!.has(name)) return
    reached.get(from)!.add(name)
    for (const next of namesIn(schemas[name])) visit(from, next)
  }
  for (const name of Object.keys(schemas)) {
    reached.set(name, new Set())
    visit(name, name)
  }
  return reached
}

/**
 * Puts each mutant before the checks, those nearest to it first, until one notices it.
 * @param mine which mutants, by their index; all of them unless told otherwise
 */
export async function* outcomes(mine: (index: number) => boolean = () => true): AsyncGenerator<Outcome> {
  const document = readDocument()
  const corpus = readCorpus(document)
  const checks = checksOf(corpus)
  const reached = reachable(document.components.schemas)
  const typeTests = await createTypeTests(document)

  // Checks that need no validator are a hundred times faster: they go first.
  const onTheDocument = judgedDocumentOf(document)
  let needsValidator = false
  const probe: JudgedDocument = {
    ...onTheDocument,
    operations: onTheDocument.operations,
    get validator() {
      needsValidator = true
      return onTheDocument.validator
    },
  }
  const quick: VerdictCheck[] = []
  const thorough: VerdictCheck[] = []
  for (const check of checks) {
    needsValidator = false
    if (!check.passes(probe)) throw new Error(`The document itself fails: ${check.name}. Mend the document or tests/spec/verdicts first.`)
    if (check.schema === undefined) (needsValidator ? thorough : quick).push(check)
  }
  const ofSchemas = checks.filter(({ schema }) => schema !== undefined)

  const nearest = (schema: string | undefined) =>
    schema === undefined
      ? [...quick, ...thorough, ...ofSchemas]
      : [
          ...ofSchemas.filter((check) => check.schema === schema),
          ...ofSchemas.filter((check) => check.schema !== schema && reached.get(check.schema!)?.has(schema)),
          ...quick,
        ]

  const fateOf = async (mutant: Mutant, subject: JudgedDocument, schema: string | undefined): Promise<Fate> => {
    const common = { kind: mutant.kind, place: `${shownPath(mutant.path)}: ${mutant.change}` }
    const rule = rules.find(({ applies }) => applies(mutant, document))
    if (rule) return { ...common, fate: 'equivalent', by: rule.name }
    const killer = nearest(schema).find(notices(subject))
    if (killer) return { ...common, fate: 'killed', by: killer.name }
    // Compiling the tests takes less than compiling the schemas of all messages.
    if ((await typeTests(subject.document)) === false) return { ...common, fate: 'killed', by: 'the type tests' }
    const last = schema === undefined ? undefined : thorough.find(notices(subject))
    return last ? { ...common, fate: 'killed', by: last.name } : { ...common, fate: 'survived' }
  }

  for (const [index, mutant] of mutantsOf(document).entries()) {
    if (!mine(index)) continue
    const schema = mutant.path[1] === 'schemas' ? (mutant.path[2] as string) : undefined
    const subject = judgedDocumentOf(mutant.apply())
    const fate = await fateOf(mutant, subject, schema)
    yield {
      ...fate,
      disagreements:
        schema === undefined
          ? []
          : disagreementsOf(
              subject,
              corpus.messages.filter((one) => one.schema === schema),
            ),
    }
  }
}
