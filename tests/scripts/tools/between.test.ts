/** A generated table goes between its markers, and a page without them is named. */
import { expect, test } from 'vitest'
import { replaceBetween } from '../../../scripts/tools/between.ts'

const markers = ['<!-- table -->', '<!-- end -->'] as const

test('a table replaces what stood between the markers, and nothing else', () => {
  const page = '# A\n\n<!-- table -->\n\nold\n\n<!-- end -->\n\nAfter.\n'
  expect(replaceBetween('docs/a.md', page, markers, '| $& |')).toBe('# A\n\n<!-- table -->\n\n| $& |\n\n<!-- end -->\n\nAfter.\n')
})

test.each(['# A', '# A\n<!-- table -->', '<!-- end -->\n<!-- table -->'])('a page without the markers is rejected: %j', (page) => {
  expect(() => replaceBetween('docs/a.md', page, markers, '')).toThrow(
    'docs/a.md has no place for the table: add <!-- table --> and <!-- end -->.',
  )
})
