/** Judges fair variants several at a time: a run of the kit takes seconds, and there are a hundred. */
import { describe, expect, test } from 'vitest'
import { required } from '../../../src/required.ts'

type Named<Variant> = readonly [name: string, variant: Variant]

/**
 * Registers a test for each variant. Neighbours in a table are alike and could hide each other, so each run takes every so-manieth.
 * @param alone names of those that take something away in which others would show: each has a run of its own
 * @param runs how many runs the others are dealt to
 * @param judge runs the kit on a server with some variants, and says what it finds
 */
export const areFair = <Variant>(
  variants: Named<Variant>[],
  alone: string[],
  runs: number,
  judge: (variants: Variant[]) => Promise<string[]>,
) => {
  const others = variants.filter(([name]) => !alone.includes(name))
  const dealt = [
    ...alone.map((name) => [
      required(
        variants.find((variant) => variant[0] === name),
        name,
      ),
    ]),
    ...Array.from({ length: runs }, (_, run) => others.filter((_variant, index) => index % runs === run)),
  ]

  // Some variants limit the rate, and the kit waits: others go on meanwhile.
  describe.concurrent.each(dealt.map((some) => ({ names: some.map(([name]) => name).join(', '), some })))(
    'at once: $names',
    { timeout: 300_000 },
    ({ some }) => {
      let judged: Promise<string[]> | undefined
      const findings = () => (judged ??= judge(some.map(([, variant]) => variant)))

      test('nothing is found', async () => expect(await findings()).toEqual([]))
      test.each(some)('%s', async (_name, variant) => {
        // What several are at fault for is looked for in each.
        expect((await findings()).length === 0 ? [] : await judge([variant])).toEqual([])
      })
    },
  )
}
