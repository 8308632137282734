import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent, stringifyEvent } from '../src/log/event-json.ts'

/** JSON with all numbers, and with the keys that stand for those which JSON does not have. */
const tree = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$number', '$$number', '__proto__')), tie('tree'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).tree

test('every event comes back as it was, NaN, infinities and −0 included', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), tree, { noNullPrototype: true }), (event) => {
      expect(parseEvent(stringifyEvent(event))).toStrictEqual(event)
    }),
    { numRuns: 300 },
  )
})

test('an ordinary event is plain JSON', () => {
  const event = { type: 'note', text: 'a', values: [1, 2.5, null] }
  expect(stringifyEvent(event)).toBe(JSON.stringify(event))
  expect(stringifyEvent({ loss: Number.NaN })).toBe('{"loss":{"$number":"NaN"}}')
})
