/** Paths for Redocly, which makes addresses of them: what would begin another part of an address stands aside for a letter of no meaning. */

const aside = 0xe000

/** Path as Redocly gets it. */
export const redoclyPath = (path: string) => path.replace(/[#%?]/g, (mark) => String.fromCharCode(aside + mark.charCodeAt(0)))

/** Path that Redocly got. */
export const realPath = (path: string) => path.replace(/[\ue000-\ue07f]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - aside))
