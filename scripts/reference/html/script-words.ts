/** Words that the page's script shows, in the language of the page. */
import type { Translate } from '../../../src/pages/translator.ts'

/** The form that sends a request, and what comes back. */
const sendWords = (t: Translate) => ({
  address: t('Server'),
  key: t('Secret key (test mode)'),
  body: t('Body (JSON)'),
  send: t('Send'),
  close: t('Close'),
  sending: t('Sending …'),
  liveKey: t('This is a live key. Use one for test mode: a request from this page must not move money.'),
  noKey: t('Type a secret key that starts with sk_test_, or any sk_ key of a mock.'),
  badAddress: t('Send goes to this page’s own server, or to this machine: http://127.0.0.1:4010.'),
  failed: t('No response. Is the mock or the sandbox running there?'),
  time: t('{ms} ms'),
  latestId: t('With the id that was returned last.'),
  unknownExample: t('This id is the example’s, and this server does not have it.'),
  createFirst: t('Send {link} first: the new id is filled in here.'),
  orExamples: t('Or start the sandbox with `--examples`, and send {link}.'),
  '{text} {sentence}': t('{text} {sentence}'),
  headers: t('Headers'),
  response: t('Response'),
  copy: t('Copy'),
  copied: t('Copied'),
  dashboardPage: t('Payment in the dashboard'),
  customerPage: t('Customer’s page'),
})

/** The search, where nothing fits. */
const searchWords = (t: Translate) => ({
  nothingFound: t('Nothing found.'),
  similar: t('Nothing found. These are similar:'),
})

/** What is wrong with a body. The name of the parameter stands before each. */
const problemWords = (t: Translate) => ({
  problems: t('Errors in the body: {count}'),
  line: t('line {line}'),
  lineAndColumn: t('line {line}, column {column}'),
  // What joins words is named by its English text, as `phrases.ts` asks for it.
  '{list}, {item}': t('{list}, {item}'),
  '{one} or {other}': t('{one} or {other}'),
  both: t('{one} and {other}'),
  missing: t('is missing'),
  missingOneOf: t('is missing: send {names}'),
  neededBy: t('is missing: {name} needs it'),
  unknown: t('is unknown'),
  exclusive: t('is not allowed here'),
  oneOf: t('must be one of {values}'),
  typed: t('must be of type {types}'),
  atLeast: t('must be {min} or more'),
  atMost: t('must be {max} or less'),
  notEmpty: t('must not be empty'),
  longerThan: t('must have at least {min} characters'),
  shorterThan: t('must have at most {max} characters'),
  longName: t('has a name of more than {max} characters'),
  url: t('must be a URL'),
  ipAddress: t('must be an IP address'),
  dateTime: t('must be a date and time, for example `2026-01-31T09:00:00Z`'),
  patterned: t('{meaning}'),
  unfit: t('is not written as required'),
  string: t('string'),
  number: t('number'),
  integer: t('integer'),
  boolean: t('boolean'),
  object: t('object'),
})

/** Where a body stops being JSON. */
const faultWords = (t: Translate) => ({
  expected: t('expected {expected}, found {found}'),
  badString: t('this string is not closed, or has a character that must be escaped'),
  name: t('a name in double quotes'),
  value: t('a value'),
  end: t('the end of the text'),
})

export const scriptWords = (t: Translate) => ({ ...sendWords(t), ...problemWords(t), ...faultWords(t), ...searchWords(t) })
