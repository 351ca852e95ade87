/** Code samples of the reference: for every example of every operation, in every language. */
import type { OpenApiDocument } from '../../../src/document.ts'
import { type Call, callsOf } from './call.ts'
import { curlForm, curlJson } from './curl.ts'
import { nodeClient, nodeFetch } from './node.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'

type Language = {
  /** Name of the language for the syntax highlighter. */
  lang: string
  /** Name in the page's drop-down. */
  label: string
  /** Writes the sample that sends JSON. */
  json: (call: Call) => string
  /** Writes the sample that sends a form, where the language has one of its own. */
  form?: (call: Call) => string
}

export const languages: Language[] = [
  { lang: 'bash', label: 'cURL', json: curlJson, form: curlForm },
  { lang: 'javascript', label: 'Node.js', json: nodeClient },
  { lang: 'javascript', label: 'Node.js (fetch)', json: nodeFetch },
  { lang: 'ruby', label: 'Ruby', json: ruby },
  { lang: 'python', label: 'Python', json: python },
  { lang: 'php', label: 'PHP', json: php },
]

/** One sample, with the call that it makes. */
export type Sample = { call: Call; label: string; format: 'json' | 'form'; source: string }

/** All samples of a document. A form is shown only where there is a body to send. */
export const samplesOf = (document: OpenApiDocument): Sample[] =>
  callsOf(document).flatMap((call) =>
    languages.flatMap(({ label, json, form }) => [
      { call, label, format: 'json' as const, source: json(call) },
      ...(form && call.body ? [{ call, label, format: 'form' as const, source: form(call) }] : []),
    ]),
  )
