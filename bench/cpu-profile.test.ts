import { describe, expect, test } from 'bun:test'
import { readProfile } from './cpu-profile.ts'

const frame = (functionName: string, url: string, lineNumber = 0) => ({
  functionName,
  url,
  lineNumber,
})

const profile = JSON.stringify({
  nodes: [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 6] },
    {
      id: 2,
      callFrame: frame('crear', 'file:///shop/apps/pedidos/src/store/x.ts', 9),
      children: [3],
    },
    { id: 3, callFrame: frame('#run', 'bun:sqlite', 5), children: [4] },
    { id: 4, callFrame: frame('run', '') },
    { id: 6, callFrame: frame('', 'file:///shop/node_modules/@a/b/dist/i.mjs', 4) },
  ],
  samples: [4, 4, 3, 6, 2, 1, 4, 4],
})

describe('a CPU profile', () => {
  test('gives the time of native code to the file that called it, and says what it was', () => {
    const { samples, functions } = readProfile(profile, '/shop')
    expect(samples).toBe(8)
    expect(functions[0]).toEqual({ name: 'run < crear apps/pedidos/src/store/x.ts:10', share: 0.5 })
    const names = functions.map((one) => one.name)
    expect(names).toContain('(anonymous) @a/b/dist/i.mjs:5')
    expect(names).toContain('(root) (native)')
  })

  test('adds up by package, and by folder of our own', () => {
    expect(readProfile(profile, '/shop').owners).toEqual([
      { name: 'apps/pedidos/src/store', share: 0.75 },
      { name: '@a/b', share: 0.125 },
      { name: '(native)', share: 0.125 },
    ])
  })

  test('that is none is refused', () => {
    expect(() => readProfile('{"nodes":[]}', '/shop')).toThrow()
  })
})
