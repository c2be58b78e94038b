import { describe, expect, test } from 'bun:test'
import { cyclesIn, moduleGraph, workspaceGraph } from './cycles.ts'
import { inSrc, source, tree } from './tree.ts'

describe('import cycles', () => {
  test('are found, however long the way round', () => {
    const round = [
      source('apps/a/src/one.ts', "import { two } from './two.ts'"),
      source('apps/a/src/two.ts', "export * from './deep/three.ts'"),
      source('apps/a/src/deep/three.ts', "import { one } from '../one.ts'"),
      source('apps/a/src/self.ts', "import './self.ts'"),
    ]
    expect(cyclesIn(moduleGraph(round))).toEqual([
      'apps/a/src/one.ts -> apps/a/src/two.ts -> apps/a/src/deep/three.ts -> apps/a/src/one.ts',
      'apps/a/src/self.ts -> apps/a/src/self.ts',
    ])
  })

  test('are not seen in a diamond, nor in imports by type', () => {
    const diamond = [
      source('a/b/top.ts', "import './left.ts'\nimport './right.ts'"),
      source('a/b/left.ts', "import './bottom.ts'"),
      source('a/b/right.ts', "import './bottom.ts'"),
      source('a/b/bottom.ts', "import type { Top } from './top.ts'"),
    ]
    expect(cyclesIn(moduleGraph(diamond))).toEqual([])
  })

  test('do not exist between modules', () => {
    const graph = moduleGraph(tree)
    expect([...graph.values()].reduce((sum, targets) => sum + targets.size, 0)).toBeGreaterThan(100)
    expect(cyclesIn(graph)).toEqual([])
  })

  test('are found between workspaces, by type as well', () => {
    const round = [
      source('apps/pedidos/src/a.ts', "import type { A } from '@encargo/inventario'"),
      source('apps/inventario/src/a.ts', "import type { A } from '@encargo/pedidos'"),
    ]
    expect(cyclesIn(workspaceGraph(round))).toHaveLength(1)
  })

  test('do not exist between workspaces', () => {
    const graph = workspaceGraph(tree.filter(({ path }) => inSrc(path)))
    expect(graph.get('packages/service-kit')).toContain('packages/storage')
    expect(cyclesIn(graph)).toEqual([])
  })
})
