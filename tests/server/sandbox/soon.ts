/** Waits for what comes by itself: deliveries begin after the response, on PostgreSQL some milliseconds, and a busy machine takes its time. */
import { vi } from 'vitest'

export const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 50 })
