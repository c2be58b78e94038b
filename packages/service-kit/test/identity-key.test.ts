import { describe, expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { claveDeIdentidad, textoLimpio } from '../src/values/identity-key.ts'
import { fuzzSeed } from '../src/testing/random.ts'
import { anyCharacter } from '../src/testing/texts.ts'

describe('the key of an identity', () => {
  test.each([
    ['case', 'NIÑO', 'niño'],
    ['how an accent was typed', 'NIN\u0303O', 'niño'],
    ['a capital of two letters', 'STRASSE', 'straße'],
    ['the capital of ß', 'STRAẞE', 'strasse'],
    ['where a sigma stands', 'ΟΔΟΣ', 'οδοσ'],
    ['a sigma at the end of a word', 'ΟΔΟΣ', 'οδος'],
    ['the dot of a Turkish capital', '\u0130STANBUL', 'i\u0307stanbul'],
    ['the sign for kelvin', '\u212a', 'k'],
    ['a ligature', 'ﬁN', 'fin'],
    ['spaces around it', ' \u00a0ana@x.com\u2003', 'ana@x.com'],
    ['spaces of other kinds inside', 'CAF\u00a0\u2009 LOJA', 'caf loja'],
    ['a space without width', 'ana\u200b@x.com', 'ana@x.com'],
    ['marks of direction', '\u202aana@x.com\u202c\u2069', 'ana@x.com'],
    ['a mark of the byte order', '\ufeffA-1', 'a-1'],
    ['a soft hyphen', 'CA\u00adFE', 'cafe'],
    ['a joiner', 'A\u200dB', 'ab'],
  ])('does not mind %s', (_what, one, other) => {
    expect(claveDeIdentidad(one)).toBe(claveDeIdentidad(other))
  })

  test.each([
    ['accents', 'nino', 'niño'],
    ['punctuation', 'A-1', 'A1'],
    ['a dotless i', 'mıke@x.com', 'mike@x.com'],
    ['whether there is a space', 'caf loja', 'cafloja'],
  ])('minds %s', (_what, one, other) => {
    expect(claveDeIdentidad(one)).not.toBe(claveDeIdentidad(other))
  })

  const seed = fuzzSeed(process.env['FUZZ_SEED'])
  test(`of a key is the key, and the form of a text never changes it (FUZZ_SEED=${seed})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const key = claveDeIdentidad(text)
        expect(claveDeIdentidad(key)).toBe(key)
        expect(claveDeIdentidad(text.normalize('NFD'))).toBe(key)
        expect(claveDeIdentidad(textoLimpio(text))).toBe(key)
      }),
      { seed, numRuns: 1_000 },
    )
  })
})

describe('a text as it is kept', () => {
  test('has lost what nobody sees, in one Unicode form', () => {
    expect(textoLimpio(' \u202eAna\u200b Go\u0301mez\u00a0')).toBe('Ana Gómez')
  })

  test('keeps capitals, lines, and the signs that letters and emoji are joined by', () => {
    for (const text of ['Ñandú\n dos', 'می\u200cخواهم', '👩\u200d🌾', '❤\ufe0f']) {
      expect(textoLimpio(text)).toBe(text)
    }
  })
})
