/** Types of operations whose response repeats a choice of the request. */

/** `Body` where the union under `Key` is narrowed to the members whose `Tag` is `Value`. */
export type Choosing<Body, Key extends PropertyKey, Tag extends PropertyKey, Value> = Body extends { [K in Key]: infer Union }
  ? Omit<Body, Key> & {
      [K in Key]: ({ [T in Tag]: Value } & Extract<Union, { [T in Tag]: Value }>) | Exclude<Union, { [T in Tag]: unknown }>
    }
  : Body

/** `Result` where the union under `Key` is the member whose `Tag` is `Value`; unchanged where `Value` may be any tag. */
export type Chosen<Result extends { [K in Key]: unknown }, Key extends PropertyKey, Tag extends PropertyKey, Value> =
  NonNullable<Result[Key]> extends { [T in Tag]: Value } ? Result : Result & { [K in Key]: Extract<Result[Key], { [T in Tag]: Value }> }
