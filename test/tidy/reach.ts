import { relative, resolve } from 'node:path'
import { inService, root } from './tree.ts'

const rooms = /^(?:domain|app|ports|store)(?:\/|\.ts$)/
const packages = ['service-kit', 'csv', 'storage'].map((name) => `packages/${name}`)
const serving = /^(?:http|testing)\b|^run\/(?:run|start-service)\.ts$/

/** The modules from which HTTP must not be reached; who opens or starts a service brings both together. */
export function withoutHttp(path: string): boolean {
  const [workspace = '', inside = ''] = path.split('/src/', 2)
  return inService(path)
    ? rooms.test(inside)
    : packages.includes(workspace) && !serving.test(inside)
}

export const isHttp = (path: string) =>
  /\/src\/http\/|(?:^|\/)node_modules\/(?:elysia|@elysiajs\/[^/]+)\//.test(path)

const absolute = (path: string) => resolve(root, path)
/** The paths of a build count from where the process runs, or not at all. */
const fromRoot = (path: string) => relative(root, resolve(path))

export const isDrizzle = (path: string) => /(?:^|\/)node_modules\/drizzle-orm\//.test(path)

/**
 * The shortest chain of imports that leads from one of `entrypoints`, paths from the root, to each
 * module at which such a chain ends. `virtual` are files that are not on the disk; `follows` says which kinds
 * of import make a chain.
 */
export async function waysTo(
  ends: (path: string) => boolean,
  entrypoints: readonly string[],
  virtual: Readonly<Record<string, string>> = {},
  follows: (kind: string) => boolean = () => true,
): Promise<string[]> {
  const files = Object.fromEntries(
    Object.entries(virtual).map(([path, text]) => [absolute(path), text]),
  )
  const built = await Bun.build({
    entrypoints: entrypoints.map(absolute),
    files,
    target: 'bun',
    metafile: true,
  })
  const graph = new Map(
    Object.entries(built.metafile?.inputs ?? {}).map(([path, { imports }]) => [
      fromRoot(path),
      imports.filter(({ kind }) => follows(kind)).map((one) => fromRoot(one.path)),
    ]),
  )
  const chains = entrypoints.map((path) => [path])
  const seen = new Set(entrypoints)
  const ways: string[] = []
  for (const chain of chains) {
    for (const next of graph.get(chain.at(-1) ?? '') ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      if (ends(next)) ways.push([...chain, next].join(' -> '))
      else chains.push([...chain, next])
    }
  }
  return ways
}
