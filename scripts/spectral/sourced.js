// Spectral function: a bound says, itself or through what holds it, where it was read. The reference pages state next to none.
const bounds = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'format']
const maps = ['properties']
const lists = ['allOf', 'anyOf', 'oneOf']
const schemas = ['items', 'additionalProperties', 'propertyNames', 'schema']

const unsourced = (node, path) => {
  if (typeof node !== 'object' || node === null || node['x-source'] !== undefined) return []
  const found = bounds.filter((keyword) => node[keyword] !== undefined && typeof node[keyword] !== 'object').slice(0, 1)
  return [
    ...found.map((keyword) => ({
      message: `\`${keyword}\` has no source. Add \`x-source\` beside it with where you read it, for example \`x-source: [schema2019]\`.`,
      path,
    })),
    ...maps.flatMap((key) => Object.entries(node[key] ?? {}).flatMap(([name, child]) => unsourced(child, [...path, key, name]))),
    ...lists.flatMap((key) => (node[key] ?? []).flatMap((child, index) => unsourced(child, [...path, key, index]))),
    ...schemas.flatMap((key) => unsourced(node[key], [...path, key])),
  ]
}

export default (node, _options, { path }) => unsourced(node, [...path])
