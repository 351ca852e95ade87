/**
 * Bodies that are under way: requests that have not arrived, responses that nobody has read. Connections bound the small ones, a count the
 * large ones. Memory is the process's, so all its servers share the count.
 */
import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'

const maxBytes = 256 * 1024 * 1024
const minCountedBytes = 64 * 1024

let bytesInFlight = 0

/** Counts a body until its response is over. @returns whether there is room for it */
export const takeBytes = (response: ServerResponse, bytes: number): boolean => {
  if (bytes < minCountedBytes) return true
  if (bytesInFlight + bytes > maxBytes) return false
  bytesInFlight += bytes
  response.once('close', () => {
    bytesInFlight -= bytes
  })
  return true
}

/** The error for a body without room. */
export const noRoom = () =>
  new ApiError(503, 'service_unavailable', 'Bodies under way take all the memory that there is for them. Try again in a moment.', null, {
    headers: { 'Retry-After': '1' },
  })
