/** A project of a user: what is installed in it, what it holds, and what has to work. */

export type Project = {
  name: string
  /** Packages beside the client, with their versions. The table shows the version of the first one. */
  packages: string[]
  /**
   * Files by their names, beside program.ts and what it compiles to, program.mjs and program.cjs. `{url}` is the address of a sandbox,
   * `{port}` is where the sandbox posts its events, at `/webhook`, `{tarball}` is the packed client.
   */
  files: Record<string, string>
  /** Command lines, one after another. Without a page, the last one prints `works`. */
  commands: string[][]
  /** Page that a browser shows after the commands; its title becomes `works`. */
  page?: string
  /** What is tried, for the table. */
  detail: string
}

/** Runs the program as an ES module. */
export const mainModule = `import { run } from './program.mjs'\nconsole.log(await run({ baseUrl: '{url}' }))\n`
/** Runs the program as CommonJS. */
export const mainCommonJs = `require('./program.cjs').run({ baseUrl: '{url}' }).then(console.log)\n`
