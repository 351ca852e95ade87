/** Types of what callers pass, and of responses that repeat a choice of the request. */

/** `Query` where a time can be a `Date`, and a list of one its value. */
export type QueryInput<Query, Time extends PropertyKey> = {
  [K in keyof Query]:
    | Query[K]
    | (K extends Time ? Date : never)
    | (NonNullable<Query[K]> extends readonly (infer Item)[] ? Item | readonly Item[] : never)
}

type WithDates<Value> = Value extends { [key: string]: infer Part } ? { [key: string]: Part | Date } : Value

/** `Body` where the values of the objects under `Key`, which have keys of the caller's own, can be a `Date`. */
export type BodyInput<Body, Key extends PropertyKey> = { [K in keyof Body]: K extends Key ? WithDates<Body[K]> : Body[K] }

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never

/** Members of a union whose `Tag` is `Value`; all of it while `Value` can be several. A tag is inferred from the last branch, which is never the result. */
type Member<Union, Tag extends PropertyKey, Value> = [Value] extends [string]
  ? true extends IsUnion<Value>
    ? Union
    : Extract<Union, { [T in Tag]: Value }>
  : { [T in Tag]: Value }

/** `Body` where the union under `Key` is narrowed to the members whose `Tag` is `Value`; an optional one is left as it is, `strict` or not. */
export type Choosing<Body, Key extends PropertyKey, Tag extends PropertyKey, Value> = {
  [K in keyof Body]: K extends Key ? (object extends Pick<Body, K> ? Body[K] : Member<Body[K], Tag, Value>) : Body[K]
}

/** `Result` where the union under `Key` is the member whose `Tag` is `Value`; unchanged where `Value` may be any tag. */
export type Chosen<Result extends { [K in Key]: unknown }, Key extends PropertyKey, Tag extends PropertyKey, Value> =
  NonNullable<Result[Key]> extends { [T in Tag]: Value } ? Result : Result & { [K in Key]: Extract<Result[Key], { [T in Tag]: Value }> }
