/**
 * Chooses the code sample that belongs to what the reader selected. Runs in the page; Redoc calls it where it would read one text.
 * @param source texts by example and format, or one text
 * @param keys keys of examples, the first that has a sample counts
 * @param mediaType media type selected for the request
 */
globalThis.sampleText = (source, keys, mediaType) => {
  if (typeof source === 'string') return source
  const key = keys.find((key) => key in source) ?? Object.keys(source)[0]
  const texts = source[key]
  return (mediaType?.includes('form') && texts.form) || texts.json
}
