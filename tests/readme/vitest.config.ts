/** `npm run test:readme`: the README pasted block by block, alone on the machine, because it takes the ports that the README names. */
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['tests/readme/readme.test.ts'], root: '.', hookTimeout: 300_000 } })
