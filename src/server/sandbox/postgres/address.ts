/** Addresses of databases. */

/** Whether `--db` names a database on a PostgreSQL server, and not a file. */
export const isPostgresAddress = (db: string) => /^postgres(ql)?:\/\//i.test(db)

/** Whether an address can be used. A / in its password would end the host before it, and what follows would be taken for a name that may be shown. */
const isWellFormed = (address: string) => URL.canParse(address) && !/^\w+:\/\/[^/?#]*[/?#].*@/.test(address)

/** A path says that a file is meant. */
const isPath = /^(?:\.{0,2}\/(?!\/)|[a-z]:[\\/])/i
/** A scheme, a user with a password, or settings as `psql` takes them. */
const isLikeAddress = /^[a-z][a-z\d+.-]+:|^[^:]*:.*@|\b(?:host|hostaddr|user|password|dbname|service)\s*=/is

/** The error for an address that cannot be one. It says how to write one, and not what was written. */
export const malformedAddress = () =>
  new Error(
    'The address of the database is malformed. Write postgres://user:password@host:5432/database, with / and @ in the password as %2F and %40. A file whose name looks like an address needs ./ before it.',
  )

/**
 * Rejects what is neither an address nor the name of a file: a file would be made, with a password in its name.
 * @throws {Error} `malformedAddress`
 */
export const assertPlace = (db: string) => {
  if (!(isPostgresAddress(db) ? isWellFormed(db) : isPath.test(db) || !isLikeAddress.test(db))) throw malformedAddress()
}
