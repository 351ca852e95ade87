/** Code samples of the reference: for every example of every operation, in every language. */
import type { OpenApiDocument } from '../../../src/document.ts'
import { type Call, callsOf } from './call.ts'
import { curlForm, curlJson } from './curl.ts'
import { nodeClient, nodeFetch } from './node.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'

type Language = {
  /** Name in the address of a sample. */
  id: string
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
  { id: 'curl', lang: 'bash', label: 'cURL', json: curlJson, form: curlForm },
  { id: 'node', lang: 'javascript', label: 'Node.js', json: nodeClient },
  { id: 'fetch', lang: 'javascript', label: 'Node.js (fetch)', json: nodeFetch },
  { id: 'ruby', lang: 'ruby', label: 'Ruby', json: ruby },
  { id: 'python', lang: 'python', label: 'Python', json: python },
  { id: 'php', lang: 'php', label: 'PHP', json: php },
]

/** One sample, with the call that it makes. */
export type Sample = { call: Call; language: Language; label: string; format: 'json' | 'form'; source: string }

/** All samples of a document. A form is shown only where there is a body to send. */
export const samplesOf = (document: OpenApiDocument): Sample[] =>
  callsOf(document).flatMap((call) =>
    languages.flatMap((language) => {
      const { label, json, form } = language
      return [
        { call, language, label, format: 'json' as const, source: json(call) },
        ...(form && call.body ? [{ call, language, label, format: 'form' as const, source: form(call) }] : []),
      ]
    }),
  )
