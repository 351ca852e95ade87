/** The reference as its pages show it, HTML and Markdown alike. Texts are Markdown, in the language of the page. */
import type { Method } from '../../../src/document.ts'
import type { Diagram } from '../diagrams.ts'
import type { RequestSchemas } from './request-schemas.ts'

/** A value that an attribute can have. */
export type Choice = { value: string; meaning: string | undefined; anchor: string | undefined }

/** A property, a parameter or a header. */
export type Attribute = {
  name: string
  anchor: string
  type: string
  isRequired: boolean
  description: string
  /** Bounds in words: ranges, lengths, the default. */
  bounds: string[]
  choices: Choice[]
  /** Object that the value is, described elsewhere on the page. */
  object: string | undefined
  children: Attribute[]
  /** Whether KOMOJU's reference pages do not state it. */
  isInferred: boolean
}

export type AttributeGroup = { title: string; attributes: Attribute[] }

/** What one payment method takes and returns in `payment_details`. */
export type PaymentMethod = {
  type: string
  title: string
  description: string
  anchor: string
  request: Attribute[]
  response: Attribute[]
  isInferred: boolean
}

/** Code in one language. */
export type Code = {
  /** Language that the reader chooses, for example `curl-form`; undefined for a code that belongs to none of them. */
  language: string | undefined
  label: string
  /** Language for the highlighter. */
  syntax: string
  source: string
}

/** What to send for one example; undefined body for a request without one. */
export type SendRequest = { method: Method; path: string; body: string | undefined }

/** One example of an operation: its request in every language, and its response. */
export type OperationExample = {
  name: string
  title: string
  /** What it shows, in a line. */
  summary: string
  anchor: string
  codes: Code[]
  send: SendRequest
  response: { status: string; source: string }
}

export type OperationError = { code: string; status: string; meaning: string; advice: string; retry: string }

export type OperationPage = {
  id: string
  summary: string
  description: string
  tag: string
  method: Method
  path: string
  isBeta: boolean
  groups: AttributeGroup[]
  /** Payment methods to choose from, for the operation that takes their details. */
  methods: PaymentMethod[]
  returns: { description: string; object: string }
  errors: OperationError[]
  examples: OperationExample[]
}

export type WebhookPage = {
  id: string
  event: string
  summary: string
  description: string
  groups: AttributeGroup[]
  payload: string
}

export type ObjectPage = {
  name: string
  title: string
  description: string
  attributes: Attribute[]
  /** Operations, webhooks and objects that carry it. */
  usedBy: { title: string; anchor: string }[]
}

/** A guide. `headings` are the anchors of its headings, in their order. */
export type GuidePage = { id: string; title: string; text: string; headings: string[] }

/** Everything that the reference shows. */
export type ReferenceModel = {
  title: string
  version: string
  summary: string
  /** Addresses of the API, KOMOJU's first. */
  servers: { url: string; description: string }[]
  introduction: string
  guides: GuidePage[]
  diagrams: Record<string, Diagram>
  tags: { name: string; description: string }[]
  operations: OperationPage[]
  webhooks: WebhookPage[]
  objects: ObjectPage[]
  /** What the page checks bodies by before it sends them. */
  requestSchemas: RequestSchemas
}
