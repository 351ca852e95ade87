/** What stands between the methods of operations and what sends their calls. */
import type { Middleware } from 'openapi-fetch'
import type { Outcome } from './deliver.ts'
import type { ParseAs } from './exchange.ts'
import type { CallOptions } from './options.ts'

export type Params = { path?: Record<string, unknown>; query?: object | undefined; header?: Record<string, string> | undefined }
/** What a method of the openapi-fetch interface gets: parameters, a body, options, and what else `fetch` takes. */
export type Init = CallOptions & { params?: Params; body?: unknown; parseAs?: ParseAs; middleware?: Middleware[] }
/** Sends one call, and resolves to the API's response. */
export type Send = (method: string, path: string, init?: Init) => Promise<Outcome>
