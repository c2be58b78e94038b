import { describe, expect, test } from 'bun:test'
import { chooseEncoding, encodedTag, plainTag } from '../src/http/edge/encodings.ts'

describe('Accept-Encoding (RFC 9110, 12.5.3)', () => {
  const cases = [
    [null, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['GZIP', 'gzip'],
    ['gzip;q=0.5, zstd;q=0.4', 'gzip'],
    ['zstd;q=0, gzip', 'gzip'],
    ['zstd; q=0 , gzip ; q=0', undefined],
    ['*', 'zstd'],
    ['zstd;q=0, *', 'gzip'],
    ['*;q=0', undefined],
    ['br', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip', 'gzip'],
    ['gzip;q=rubbish', undefined],
    [',,;q=1,', undefined],
  ] as const
  for (const [header, chosen] of cases) {
    test(`${JSON.stringify(header)} asks for ${chosen ?? 'none'}`, () => {
      expect(chooseEncoding(header, ['zstd', 'gzip'])).toBe(chosen)
    })
  }
})

test('the tag of an encoded answer is another one, and leads back to that of the plain one', () => {
  expect(encodedTag('"7"', 'gzip')).toBe('"7-gzip"')
  expect(plainTag('"7-gzip"')).toBe('"7"')
  expect(plainTag('"7"')).toBe('"7"')
})
