import { describe, expect, test } from 'bun:test'
import { Value } from '@sinclair/typebox/value'
import { Telefono } from '../src/http/schemas.ts'
import { telefonoBuscado, telefonoLimpio, telefonoPatron } from '../src/values/telephone.ts'

/** As a browser reads the pattern of a field: whole, in its `v` mode. */
const inBrowser = new RegExp(`^(?:${telefonoPatron})$`, 'v')

describe('a telephone number', () => {
  test.each([
    ['with the trunk prefix in parentheses', '(02) 200-0101', '022000101'],
    ['as a contact has it', '\u202a+593\u00a099\u00a0000\u00a00101\u202c', '+593990000101'],
    ['with dashes of all kinds', '099\u2011000\u20130101', '0990000101'],
    ['with dots and slashes', '02/200.01.01', '022000101'],
    ['with the zero that is for callers inside', '+593 (0)99 000 0101', '+593990000101'],
    ['with its plus in parentheses', '(+593) 99 000 0101', '+593990000101'],
    ['with signs that nobody sees', '\ufeff0990\u200b000\u00ad101', '0990000101'],
    ['with spaces around it', ' 0990000101\t', '0990000101'],
    ['that is short', '10011', '10011'],
  ])('%s is taken and kept as it is dialled', (_how, written, kept) => {
    expect([Value.Check(Telefono, written), inBrowser.test(written)]).toEqual([true, true])
    expect(telefonoLimpio(written)).toBe(kept)
    expect(telefonoLimpio(kept)).toBe(kept)
  })

  test('is no word, no four digits, no eighteen, and has its plus in front', () => {
    for (const wrong of [
      'llámame',
      '',
      '1234',
      '1'.repeat(18),
      '099+000',
      '++593990',
      '1-800-CAFE',
      '-()',
    ]) {
      expect([wrong, Value.Check(Telefono, wrong), inBrowser.test(wrong)]).toEqual([
        wrong,
        false,
        false,
      ])
    }
  })

  test('is looked for by its last digits, however it is written', () => {
    const ways = ['+593 99 123 4567', '0991234567', '(099) 123-4567', '00593991234567']
    expect(new Set(ways.map(telefonoBuscado))).toEqual(new Set(['1234567']))
    expect(telefonoBuscado('+593 (0)2 200-0101')).toBe(telefonoBuscado('59322000101'))
    for (const none of ['Ana', '1234', '']) expect(telefonoBuscado(none)).toBeNull()
  })
})
