/** Reads what arrives: responses, as far as there is room for them, and JSON. */

/** What a text is in JSON; undefined where it is none. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return
  }
}

/**
 * Text of a response.
 * @returns undefined where it is larger than `limit` bytes; the rest of it is not read
 */
export const textOf = async (response: Response, limit: number): Promise<string | undefined> => {
  const { body, headers } = response
  // A body without an encoding is as large as it says, or the connection ends. A fetch of another make may have no stream.
  if (headers.get('Content-Encoding') === null && headers.get('Content-Length')) {
    if (Number(headers.get('Content-Length')) <= limit) return response.text()
    await body?.cancel?.()
    return
  }
  if (!body?.getReader) return response.text()
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let size = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > limit) return void reader.cancel()
    text += decoder.decode(value, { stream: true })
  }
}
