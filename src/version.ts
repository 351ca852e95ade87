/** Version of the package. */
import { readFileSync } from 'node:fs'

/** Version in the package.json of the folder above, which is there in the project and in what is published. */
export const readVersion = (): string => JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
