/** Order of semantic versions. */

/**
 * Compares two versions as semantic versioning does: `1.0.0-rc.1` comes before `1.0.0`.
 * @returns below 0 where the first one is lower, 0 where they are equal, above 0 where it is higher
 */
export const compareVersions = (one: string, other: string): number => {
  const [core = '', ...preRelease] = one.split('-')
  const [otherCore = '', ...otherPreRelease] = other.split('-')
  const byCore = core.localeCompare(otherCore, 'en', { numeric: true })
  if (byCore !== 0) return byCore
  if (preRelease.length === 0 || otherPreRelease.length === 0) return otherPreRelease.length - preRelease.length
  return preRelease.join('-').localeCompare(otherPreRelease.join('-'), 'en', { numeric: true })
}
