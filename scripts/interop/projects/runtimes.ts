/** Runtimes and test runners. */
import { mainCommonJs, mainModule, type Project } from './project.ts'

const onNode = (major: number): Project => ({
  name: `Node ${major}`,
  packages: [`node@${major}`],
  files: {
    'main.mjs': mainModule,
    'main.cjs': mainCommonJs,
    'both.mjs': `import { createRequire } from 'node:module'
import { KomojuError } from 'komoju-openapi'
console.log(createRequire(import.meta.url)('komoju-openapi').KomojuError === KomojuError ? 'works' : 'error: two clients in one process')
`,
    'program.test.mjs': `import { test } from 'node:test'
import { run } from './program.mjs'
test('program', () => run({ baseUrl: '{url}' }))
`,
  },
  commands: [
    ['node', '--test', 'program.test.mjs'],
    ['node', 'main.mjs'],
    ['node', 'main.cjs'],
    ['node', 'both.mjs'],
  ],
  detail: '`import`, `require`, both in one process, `node:test`',
})

/** A \`fetch\` over Node's own HTTP: jsdom has none. */
const fetchOverHttp = `const fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const request = require('node:http').request(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () =>
        resolve({ ok: response.statusCode < 400, status: response.statusCode, headers: { get: (name) => response.headers[name.toLowerCase()] ?? null }, text: async () => text }))
    })
    signal.addEventListener('abort', () => request.destroy())
    request.on('error', reject).end(body ?? '')
  })
`

const vitestOf = (name: string, packages: string[], detail: string): Project => ({
  name,
  packages,
  files: {
    'program.test.mjs': `import { test } from 'vitest'
import { run } from './program.mjs'
test('program', async () => console.log(await run({ baseUrl: '{url}' })), 60_000)
`,
  },
  commands: [['vitest', 'run', 'program.test.mjs']],
  detail,
})

/** Jest with its default, CommonJS, and with jsdom. */
export const jest: Project = {
  name: 'Jest',
  packages: ['jest@30', 'jest-environment-jsdom@30'],
  files: {
    'node.test.cjs': `const { run } = require('./program.cjs')
test('program', async () => console.log(await run({ baseUrl: '{url}' })), 60_000)
`,
    'jsdom.test.cjs': `const { run } = require('./program.cjs')
${fetchOverHttp}
// jsdom has no WebCrypto, which webhooks need; they arrive at servers.
test('program', async () => console.log(await run({ baseUrl: '{url}', fetch }, ['webhooks', 'raw client'])), 60_000)
`,
  },
  commands: [
    ['jest', '--testMatch', '**/node.test.cjs'],
    ['jest', '--env', 'jsdom', '--testMatch', '**/jsdom.test.cjs'],
  ],
  detail: 'its default, CommonJS; jsdom, which has neither the WebCrypto of webhooks nor the `Request` of the raw client',
}

export const runtimes: Project[] = [
  onNode(20),
  onNode(22),
  onNode(24),
  {
    name: 'Deno',
    packages: ['deno'],
    files: { 'main.mjs': mainModule },
    commands: [
      ['deno', 'check', 'program.ts'],
      ['deno', 'run', '--allow-net', '--allow-read', '--allow-env', 'main.mjs'],
    ],
    detail: 'types, run',
  },
  {
    name: 'Bun',
    packages: ['bun'],
    files: { 'main.ts': mainModule.replace('.mjs', '.ts') },
    commands: [['bun', 'main.ts']],
    detail: 'run, from TypeScript',
  },
  {
    name: 'edge-runtime',
    packages: ['edge-runtime', 'esbuild'],
    files: {
      'edge.mjs': `import { run } from './program.mjs'\nglobalThis.result = run({ baseUrl: '{url}' })\n`,
      'main.mjs': `import { readFileSync } from 'node:fs'
import { EdgeRuntime } from 'edge-runtime'
const runtime = new EdgeRuntime({ initialCode: readFileSync('out.js', 'utf8') })
console.log(await runtime.evaluate('globalThis.result'))
`,
    },
    commands: [
      ['esbuild', 'edge.mjs', '--bundle', '--outfile=out.js'],
      ['node', 'main.mjs'],
    ],
    detail: "the runtime of Vercel's edge functions: no Node, values of another realm",
  },
  jest,
  vitestOf('Vitest', ['vitest'], 'its default'),
  vitestOf(
    'Vitest 3',
    ['vitest@3', 'fastify@4', 'ajv@6', 'commander@12', 'pg@8.11', 'qs@6.5', 'leven@3'],
    'beside older versions of the optional packages: npm installs the client, and it runs',
  ),
]
