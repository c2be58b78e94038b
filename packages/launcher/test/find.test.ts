import { describe, expect, test } from 'bun:test'
import { findExecutable } from '../src/find.ts'

const installed = (file: string) => `/shop/node_modules/${file}`

describe('the executable of this machine', () => {
  test('is in the package that npm installed for it', () => {
    expect(findExecutable('linux', 'x64', installed)).toEqual({
      path: '/shop/node_modules/@encargo/encargo-linux-x64/bin/encargo',
    })
    expect(findExecutable('win32', 'x64', installed)).toEqual({
      path: '/shop/node_modules/@encargo/encargo-windows-x64/bin/encargo.exe',
    })
    expect(findExecutable('darwin', 'arm64', installed)).toEqual({
      path: '/shop/node_modules/@encargo/encargo-darwin-arm64/bin/encargo',
    })
  })

  test('is none for some machines, and the sentence says for which it is', () => {
    expect(findExecutable('linux', 'riscv64', installed)).toEqual({
      missing:
        'There is no Encargo for linux-riscv64; there is one for linux-x64, linux-arm64, darwin-arm64, windows-x64.',
    })
  })

  test('may have been left out by npm, and the sentence says how to get it', () => {
    expect(findExecutable('darwin', 'arm64', () => undefined)).toEqual({
      missing:
        'The package @encargo/encargo-darwin-arm64 is missing: install again, without --omit=optional.',
    })
    expect(findExecutable('linux', 'arm64', () => undefined)).toEqual({
      missing: expect.stringMatching(/^The package \S+ is missing: .*musl.*\.$/),
    })
  })
})
