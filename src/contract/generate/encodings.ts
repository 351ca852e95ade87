/** How a body travels: as JSON or as a bracketed form. */

export type Encoding = 'json' | 'form'
export const encodings: Encoding[] = ['json', 'form']
