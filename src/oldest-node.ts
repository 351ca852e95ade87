/** Which Node runs what is not the client. Stands apart, because it is read where nothing else loads. */

const oldest = [22, 13] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Oldest Node that runs the commands, the servers and the contract kit: vitest, node:sqlite and the compile cache need it. */
export const oldestNode = oldest.join('.')

/** Whether this Node is older. */
export const isOldNode = major < oldest[0] || (major === oldest[0] && minor < oldest[1])
