// Spectral function: a property or parameter has a description of its own or through its $ref.
export default (node, _options, { path }) => {
  if (typeof node !== 'object' || node === null) return
  if (typeof node.description === 'string' && node.description.trim() !== '') return
  const name = node.name ?? path.at(-1)
  return [{ message: `\`${name}\` has no description. Say in a full sentence what it is, for example \`description: Name of the bank.\`.` }]
}
