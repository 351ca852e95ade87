// Spectral function: an operation's request and response examples have the same keys, in every media type.
const keysOf = (content) => Object.entries(content ?? {}).map(([type, { examples }]) => [type, Object.keys(examples ?? {})])

export default (operation, _options, { path }) => {
  const requests = keysOf(operation.requestBody?.content)
  const responses = keysOf(operation.responses?.['200']?.content)
  const messages = []
  const compare = (from, to, at) => {
    for (const [fromType, keys] of from)
      for (const [toType, others] of to)
        for (const key of keys)
          if (!others.includes(key))
            messages.push({
              message: `Example \`${key}\` of ${fromType} has no partner in ${toType} of the ${at}. Give both the same key.`,
              path: [...path],
            })
  }
  if (requests.length > 0) {
    compare(requests, responses, 'response')
    compare(responses, requests, 'request')
    compare(requests, requests, 'request')
  }
  return messages
}
