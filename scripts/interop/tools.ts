/** Other people's tools that read the document: how each is installed, run, and asked for the body of createPayment. */

export type Generator = {
  name: string
  /** Why it does not work, where the tool is at fault. */
  reason?: string
  /** Packages to install, with versions. */
  packages: string[]
  /** Command line in the tool's folder; `{spec}` is the document. The first word is a binary of the packages. */
  command: string[]
  /** Text of files that the tool needs, by name. */
  files?: Record<string, string>
  /** Module and type expression of createPayment's body, as a user of the generated code writes it. */
  body: { from: string; imports: string; type: string }
}

export type Reader = Pick<Generator, 'name' | 'packages' | 'files' | 'reason'> & {
  command: string[]
  /** What a warning looks like in the output. */
  warns?: RegExp
}

const orvalConfig = (mode: string) =>
  `module.exports = { komoju: { input: { target: '{spec}' }, output: { target: './out/index.ts', client: '${mode}' } } }\n`

export const generators: Generator[] = [
  {
    name: 'openapi-typescript',
    packages: ['openapi-typescript@7', 'typescript@5.9'],
    command: ['openapi-typescript', '{spec}', '-o', 'out/index.ts'],
    body: { from: './out/index.ts', imports: 'components', type: "components['schemas']['CreatePaymentRequest']" },
  },
  {
    name: '@hey-api/openapi-ts',
    packages: ['@hey-api/openapi-ts', 'typescript@5.9'],
    command: ['openapi-ts', '-i', '{spec}', '-o', 'out'],
    body: { from: './out/types.gen.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'orval 7',
    packages: ['orval@7'],
    command: ['orval', '--config', 'orval.config.cjs'],
    files: { 'orval.config.cjs': orvalConfig('fetch') },
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'orval 8',
    packages: ['orval@8'],
    command: ['orval', '--config', 'orval.config.cjs'],
    files: { 'orval.config.cjs': orvalConfig('fetch') },
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'swagger-typescript-api',
    packages: ['swagger-typescript-api'],
    command: ['swagger-typescript-api', 'generate', '-p', '{spec}', '-o', 'out', '-n', 'index.ts', '--generate-union-enums'],
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'oazapfts',
    reason: 'Its own runtime does not compile under exactOptionalPropertyTypes, and it merges the two alternatives.',
    packages: ['oazapfts', '@oazapfts/runtime'],
    command: ['oazapfts', '{spec}', 'out/index.ts'],
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'RTK Query codegen',
    reason: 'It merges the two alternatives, as oazapfts does, which it is made of.',
    packages: ['@rtk-query/codegen-openapi', '@reduxjs/toolkit', 'typescript@5.9', 'esbuild-runner', 'ts-node'],
    command: ['rtk-query-codegen-openapi', 'rtk.config.json'],
    files: {
      'rtk.config.json': '{ "schemaFile": "{spec}", "apiFile": "./emptyApi.ts", "outputFile": "./out/index.ts" }\n',
      'emptyApi.ts': 'export declare const api: any\n',
    },
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'kubb',
    packages: ['@kubb/cli@3', '@kubb/core@3', '@kubb/plugin-oas@3', '@kubb/plugin-ts@3'],
    command: ['kubb', 'generate', '--config', 'kubb.config.mjs'],
    files: {
      'kubb.config.mjs':
        "import { defineConfig } from '@kubb/core'\nimport { pluginOas } from '@kubb/plugin-oas'\nimport { pluginTs } from '@kubb/plugin-ts'\nexport default defineConfig({ root: '.', input: { path: '{spec}' }, output: { path: './out', clean: true }, plugins: [pluginOas({ validate: false }), pluginTs()] })\n",
    },
    body: { from: './out/types/CreatePaymentRequest.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'openapi-zod-client',
    reason: 'It makes a zod discriminatedUnion of members with conditions, which zod 3 does not have.',
    packages: ['openapi-zod-client', 'zod@3', '@zodios/core'],
    command: ['openapi-zod-client', '{spec}', '-o', 'out/index.ts', '--export-schemas', '--export-types'],
    body: { from: './out/index.ts', imports: 'schemas', type: "import('zod').input<(typeof schemas)['CreatePaymentRequest']>" },
  },
  {
    name: 'typed-openapi',
    reason: 'It drops the properties that stand beside oneOf.',
    packages: ['typed-openapi'],
    command: ['typed-openapi', '{spec}', '-o', 'out/index.ts'],
    body: { from: './out/index.ts', imports: 'Schemas', type: 'Schemas.CreatePaymentRequest' },
  },
  {
    name: 'openapi-typescript-codegen',
    reason: 'It makes one flat type of the two alternatives. No longer maintained.',
    packages: ['openapi-typescript-codegen'],
    command: ['openapi', '-i', '{spec}', '-o', 'out', '--useUnionTypes'],
    body: { from: './out/index.ts', imports: 'CreatePaymentRequest', type: 'CreatePaymentRequest' },
  },
  {
    name: 'openapi-client-axios-typegen',
    packages: ['openapi-client-axios-typegen', 'openapi-client-axios', 'axios'],
    command: ['typegen', '{spec}'],
    body: { from: './out/index.ts', imports: 'Components', type: 'Components.Schemas.CreatePaymentRequest' },
  },
]

export const readers: Reader[] = [
  {
    name: '@apidevtools/swagger-parser',
    packages: ['@apidevtools/swagger-parser'],
    command: [
      'node',
      '-e',
      "import('@apidevtools/swagger-parser').then((m) => (m.default ?? m).validate('{spec}')).catch((e) => { console.error(e.message); process.exit(1) })",
    ],
  },
  {
    name: '@readme/openapi-parser',
    packages: ['@readme/openapi-parser'],
    command: [
      'node',
      '-e',
      "import('@readme/openapi-parser').then(({ validate }) => validate('{spec}')).then((r) => { if (r && r.valid === false) { console.error(JSON.stringify(r.errors).slice(0, 500)); process.exit(1) } }).catch((e) => { console.error(e.message); process.exit(1) })",
    ],
  },
  {
    name: '@scalar/openapi-parser',
    packages: ['@scalar/openapi-parser'],
    command: [
      'node',
      '-e',
      "import('@scalar/openapi-parser').then(({ validate }) => validate(require('node:fs').readFileSync('{spec}', 'utf8'))).then((r) => { if (!r.valid) { console.error(JSON.stringify(r.errors).slice(0, 500)); process.exit(1) } })",
    ],
  },
  { name: '@seriousme/openapi-schema-validator', packages: ['@seriousme/openapi-schema-validator'], command: ['validate-api', '{spec}'] },
  {
    name: 'IBM openapi-validator',
    reason: "It knows no webhooks of 3.1; the rest is IBM's own style.",
    packages: ['ibm-openapi-validator'],
    command: ['lint-openapi', '-e', '{spec}'],
    warns: /warning/i,
  },
  {
    name: '@hyperjump/json-schema',
    packages: ['@hyperjump/json-schema', '@hyperjump/browser'],
    command: [
      'node',
      '-e',
      "import('@hyperjump/json-schema/openapi-3-1').then(({ validate }) => validate('https://spec.openapis.org/oas/3.1/schema-base')).then((check) => { const r = check(JSON.parse(require('node:fs').readFileSync('{json}', 'utf8'))); if (!r.valid) { console.error(JSON.stringify(r).slice(0, 500)); process.exit(1) } }).catch((e) => { console.error(e.message); process.exit(1) })",
    ],
  },
  { name: 'openapi-to-postmanv2', packages: ['openapi-to-postmanv2'], command: ['openapi2postmanv2', '-s', '{spec}', '-o', 'out.json'] },
  { name: 'mockoon-cli', packages: ['@mockoon/cli'], command: ['mockoon-cli', 'import', '--input', '{spec}', '--output', 'out.json'] },
  {
    name: 'openapi-mcp-generator',
    packages: ['openapi-mcp-generator'],
    command: ['openapi-mcp-generator', '-i', '{spec}', '-o', 'out', '--force'],
  },
  {
    name: "Bruno's converter",
    packages: ['@usebruno/converters'],
    command: ['node', 'convert.mjs'],
    files: {
      'convert.mjs': `import { readFileSync } from 'node:fs'
import converters from '@usebruno/converters'
const count = (items) => items.reduce((sum, { items: inner }) => sum + (inner ? count(inner) : 1), 0)
const { items } = converters.openApiToBruno(JSON.parse(readFileSync('{json}', 'utf8')))
if (count(items) !== 12) throw new Error('error: ' + count(items) + ' requests')
`,
    },
  },
  {
    name: '@ivotoby/openapi-mcp-server',
    packages: ['@ivotoby/openapi-mcp-server'],
    command: ['node', 'tools.mjs'],
    files: {
      'tools.mjs': `import { spawn } from 'node:child_process'
const child = spawn('openapi-mcp-server', ['-t', 'stdio', '-u', 'http://127.0.0.1:4010/api/v1', '-s', '{json}'], { stdio: ['pipe', 'pipe', 'ignore'] })
const say = (message) => child.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n')
const parsed = (line) => { try { return [JSON.parse(line)] } catch { return [] } }
say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'interop', version: '1' } } })
let text = ''
let isReady = false
for await (const chunk of child.stdout) {
  text += chunk
  const replies = text.split('\\n').flatMap(parsed)
  if (!isReady && replies.some(({ id }) => id === 1)) {
    isReady = true
    say({ method: 'notifications/initialized' })
    say({ id: 2, method: 'tools/list' })
  }
  const tools = replies.find(({ id }) => id === 2)?.result?.tools
  if (!tools) continue
  child.kill()
  process.exit(tools.length === 12 ? 0 : 1)
}
`,
    },
  },
]
