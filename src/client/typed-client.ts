/** Types of the openapi-fetch client. Its own turn open sets such as `ErrorCode` into objects, and know no options of ours. */
import type { Client, ClientPathsWithMethod, MaybeOptionalInit, ParseAsResponse } from 'openapi-fetch'
import type { CallOptions } from './options.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

type BodyOf<Result> = Result extends { content: { 'application/json': infer Body } } ? Body : never

type Outcome<Operation, Init> = Operation extends { responses: infer Responses }
  ?
      | { data: ParseAsResponse<BodyOf<Responses[200 & keyof Responses]>, Init>; error?: never; response: Response }
      | { data?: never; error: BodyOf<Responses[Exclude<keyof Responses, 200>]>; response: Response }
  : never

/** What openapi-fetch would have done otherwise: paths, queries and bodies are written as the API wants them. */
type OwnSerializers = { querySerializer?: never; bodySerializer?: never; pathSerializer?: never }

// Options are optional where the operation has no required parameter and no required body.
type Send<Paths extends object, M extends Method> = <
  Path extends ClientPathsWithMethod<Client<Paths>, M>,
  Init extends MaybeOptionalInit<Paths[Path], M & keyof Paths[Path]>,
>(
  path: Path,
  ...init: undefined extends Init ? [init?: Init & CallOptions & OwnSerializers] : [init: Init & CallOptions & OwnSerializers]
) => Promise<Outcome<Paths[Path][M & keyof Paths[Path]], Init>>

/** openapi-fetch client whose methods also take the options of a call. */
export type TypedClient<Paths extends object> = Pick<Client<Paths>, 'use' | 'eject'> & { [M in Method as Uppercase<M>]: Send<Paths, M> }
