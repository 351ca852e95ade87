// Spectral function: a union of objects has a discriminator with a mapping, and each member pins its value with `const`.
const isObject = (schema) => schema?.type === 'object'

export default (schema, _options, { path }) => {
  if (!Array.isArray(schema?.oneOf) || schema.oneOf.length < 2 || !schema.oneOf.every(isObject)) return
  // Members written in place are alternatives of one object, not kinds of object.
  const { propertyName, mapping } = schema.discriminator ?? {}
  if (!propertyName || !mapping)
    return [
      { message: 'Union has no mapping. Add `discriminator: { propertyName: type }`; the build fills in the mapping.', path: [...path] },
    ]
  const tags = Object.keys(mapping)
  return schema.oneOf
    .map((member, index) => ({ index, tag: member.properties?.[propertyName]?.const, required: member.required ?? [] }))
    .filter(({ tag, required }) => !tags.includes(tag) || !required.includes(propertyName))
    .map(({ index }) => ({
      message: `Member ${index + 1} of the union does not pin its \`${propertyName}\`. Add \`const\` to it, require it, and name it in the mapping.`,
      path: [...path, 'oneOf', index],
    }))
}
