import { describe, expect, test } from 'bun:test'
import { etag, ifMatchAllows, ifNoneMatchHits } from '../src/http/versions.ts'

test('an entity tag is the quoted version', () => {
  expect(etag(7)).toBe('"7"')
})

describe('If-Match', () => {
  for (const header of [undefined, '*', ' * ', '"7"', '"6", "7"', '"7" , "8"', '"7-gzip"']) {
    test(`lets a write on version 7 through: ${header}`, () => {
      expect(ifMatchAllows(header, 7)).toBe(true)
    })
  }
  for (const header of ['"6"', '7', 'W/"7"', '"77"', '"6-gzip"', '""', '', ',']) {
    test(`stops a write on version 7: ${JSON.stringify(header)}`, () => {
      expect(ifMatchAllows(header, 7)).toBe(false)
    })
  }
})

describe('If-None-Match', () => {
  for (const header of ['*', '"7"', 'W/"7"', '"1", W/"7"', '"7-zstd"', 'W/"7-gzip"']) {
    test(`says that version 7 is known: ${header}`, () => {
      expect(ifNoneMatchHits(header, etag(7))).toBe(true)
    })
  }
  for (const header of [undefined, '"6"', '7', '']) {
    test(`asks for version 7: ${header}`, () => {
      expect(ifNoneMatchHits(header, etag(7))).toBe(false)
    })
  }
})
