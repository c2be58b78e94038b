import * as fc from 'fast-check'

const surrogates = { from: 0xd800, many: 0x800 }

/** Any character: as fast-check's `binary`, whose table takes seconds to make. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - surrogates.many })
  .map((at) => String.fromCodePoint(at < surrogates.from ? at : at + surrogates.many))
