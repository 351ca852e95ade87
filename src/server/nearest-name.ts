/** Which name somebody may have meant. */
import leven from 'leven'

/** Longest name that is looked up: the comparison takes time with the square of the length. */
const maxLength = 64

const letters = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]|\[\d+\]/gu, '')

/**
 * Finds the name nearest to one that is not known.
 * @returns the name, undefined where none is near: more than a third of the letters differ
 */
export const nearestName = (name: string, known: string[]): string | undefined => {
  if (name.length > maxLength) return
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(letters(name), letters(candidate)) }))
    .filter(({ candidate, distance }) => distance <= candidate.length / 3)
    .sort((one, other) => one.distance - other.distance)
  return nearest?.candidate
}
