/** Addresses of databases. */

/** Whether `--db` names a database on a PostgreSQL server, and not a file. */
export const isPostgresAddress = (db: string) => /^postgres(ql)?:\/\//i.test(db)
