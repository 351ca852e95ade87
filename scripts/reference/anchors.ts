/** Addresses within the reference. The build writes them and the page's script reads them, so both use this file. */

/** Anchor of a heading, as GitHub makes it. */
export const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-')

/** A text of an address, decoded; as it is where its percent signs are none of an encoding. */
const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Place that an address names, whichever way it is written: `createPayment/konbini` today, and as the links of the Redoc page did,
 * `operation/createPayment/ex=konbini`, `/payments/createpayment`, `tag/Payments`.
 * @param hash with or without its `#`
 */
export const placeOf = (hash: string) =>
  decoded(hash.replace(/^#/, ''))
    .replace(/^\//, '')
    .replace(/^(?:tag\/[^/]+\/)?operation\//, '')
    .replace(/^(?:payments|accounts|webhooks)\/(?=.)/i, '')
    .replace(/^tag\//, '')
    .replace('/ex=', '/')

/** Element ids of things that are not headings. */
export const anchors = {
  error: (code: string) => `error/${code}`,
  store: (name: string) => `store/${name}`,
  testValue: (value: string) => `test/${value}`,
  variant: (operationId: string, example: string) => `${operationId}/${example}`,
}
