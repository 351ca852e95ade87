/** What the reader chose, kept in the browser. Keys of the API are never part of it. */

type Choices = { example?: string; language?: string; theme?: string; server?: string }

const name = 'komoju-reference'

/** Choices of this reader; none where the browser keeps nothing. */
export const remembered = (): Choices => {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}')
  } catch {
    return {}
  }
}

/** Keeps choices, besides those that were kept before. */
export const remember = (choices: Choices) => {
  try {
    localStorage.setItem(name, JSON.stringify({ ...remembered(), ...choices }))
  } catch {
    // A browser that keeps nothing still shows the choice.
  }
}
