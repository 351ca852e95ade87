/** Types of operations whose answer repeats a choice of the request. */

/** `Body` where the union under `Key` is narrowed to the members whose `Tag` is `Value`. */
export type Choosing<Body, Key extends PropertyKey, Tag extends PropertyKey, Value> = Body extends { [K in Key]: infer Union }
  ? Omit<Body, Key> & {
      [K in Key]: ({ [T in Tag]: Value } & Extract<Union, { [T in Tag]: Value }>) | Exclude<Union, { [T in Tag]: unknown }>
    }
  : Body

/** `Answer` where the union under `Key` is the member whose `Tag` is `Value`; unchanged where `Value` may be any tag. */
export type Chosen<Answer extends { [K in Key]: unknown }, Key extends PropertyKey, Tag extends PropertyKey, Value> =
  NonNullable<Answer[Key]> extends { [T in Tag]: Value } ? Answer : Answer & { [K in Key]: Extract<Answer[Key], { [T in Tag]: Value }> }
