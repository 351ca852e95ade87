/**
 * Writes a body as a form, nested parameters in brackets: `payment_details[type]=konbini`, `list[]=a`.
 * A form has no null: it is sent as an empty value. Undefined is left out.
 */
export const formOf = (body: unknown): string => {
  const pairs = new URLSearchParams()
  const add = (name: string, value: unknown) => {
    if (value !== null && typeof value === 'object') {
      const isList = Array.isArray(value)
      for (const [key, part] of Object.entries(value)) add(name ? `${name}[${isList ? '' : key}]` : key, part)
    } else if (value !== undefined) pairs.append(name, `${value ?? ''}`)
  }
  add('', body)
  return pairs.toString()
}
