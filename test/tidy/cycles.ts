import { resolved, type Source, workspaceOf } from './tree.ts'

export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** Run-time imports between modules; what is imported by type only leaves no trace there. */
export function moduleGraph(files: readonly Source[]): Graph {
  const known = new Set(files.map((file) => file.path))
  return new Map(
    files.map((file) => {
      const targets = file.imports
        .filter((one) => !one.typeOnly)
        .flatMap((one) => resolved(file.path, one.from) ?? [])
        .filter((target) => known.has(target))
      return [file.path, new Set(targets)]
    }),
  )
}

const named = /^@encargo\/([^/]+)/

/** Imports between apps and packages, those by type included, as these bind their versions too. */
export function workspaceGraph(files: readonly Source[]): Graph {
  const places = new Map(files.map(({ path }) => [path.split('/')[1] ?? '', workspaceOf(path)]))
  const graph = new Map<string, Set<string>>()
  for (const file of files) {
    const own = workspaceOf(file.path)
    const targets = graph.get(own) ?? new Set()
    graph.set(own, targets)
    for (const { from } of file.imports) {
      const target = places.get(named.exec(from)?.[1] ?? '')
      if (target !== undefined && target !== own) targets.add(target)
    }
  }
  return graph
}

/** One way round for each cycle that a walk through the graph meets. */
export function cyclesIn(graph: Graph): string[] {
  const found: string[] = []
  const done = new Set<string>()
  function walk(node: string, trail: readonly string[]): void {
    const start = trail.indexOf(node)
    if (start >= 0) {
      found.push([...trail.slice(start), node].join(' -> '))
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node])
    done.add(node)
  }
  for (const node of graph.keys()) walk(node, [])
  return found
}
