/** The second judge of messages: another implementation of JSON Schema, which walks the schema instead of compiling it. */
import { Validator as SecondValidator } from '@cfworker/json-schema'
import { type JudgedDocument, schemaRef } from './checks.ts'
import type { Message } from './corpus.ts'

export type Disagreement = { schema: string; why: string; ajv: boolean | 'does not compile'; second: boolean }

/** Disagreements that are known, by rule. */
export const explanations: { name: string; reason: string; applies: (disagreement: Disagreement, place: string) => boolean }[] = [
  {
    name: '`type: object` beside a `discriminator`, removed or widened by null',
    reason: 'With a discriminator Ajv looks at the tag of objects alone and not at `oneOf`, so that anything but an object passes.',
    applies: ({ ajv, second }, place) => ajv === true && !second && /\/(PaymentDetails(Request)?|FurtherCardRequest)\/type: /.test(place),
  },
]

/** The same question to the other implementation. */
export const createSecondJudge = ({ document }: Pick<JudgedDocument, 'document'>, schema: string) => {
  const { schemas } = document.components
  const judge = new SecondValidator({ components: { schemas }, ...schemaRef(schema) }, '2020-12')
  return (value: unknown) => judge.validate(value).valid
}

/** Messages on which the two implementations differ. */
export const disagreementsOf = (subject: JudgedDocument, messages: Message[]): Disagreement[] => {
  if (messages.length === 0) return []
  const second = createSecondJudge(subject, messages[0]!.schema)
  const first = (message: Message): Disagreement['ajv'] => {
    try {
      return subject.validator.conforms(schemaRef(message.schema), message.value)
    } catch {
      return 'does not compile'
    }
  }
  return messages.flatMap((message) => {
    const verdicts = { ajv: first(message), second: second(message.value) }
    return verdicts.ajv === verdicts.second ? [] : [{ schema: message.schema, why: message.why, ...verdicts }]
  })
}
