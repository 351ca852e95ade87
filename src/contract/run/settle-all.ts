/** Waits for all, and only then fails as the first of them: nothing goes on behind a check that has ended. */
export const settleAll = async <Result>(work: Promise<Result>[]): Promise<Result[]> => {
  await Promise.allSettled(work)
  return Promise.all(work)
}
