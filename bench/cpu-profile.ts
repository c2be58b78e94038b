import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

/** The parts that are used here of the `.cpuprofile` format of the Chrome DevTools. */
const CpuProfile = Type.Object({
  nodes: Type.Array(
    Type.Object({
      id: Type.Number(),
      callFrame: Type.Object({
        functionName: Type.String(),
        url: Type.String(),
        lineNumber: Type.Number(),
      }),
      children: Type.Optional(Type.Array(Type.Number())),
    }),
  ),
  samples: Type.Array(Type.Number()),
})
type Node = Static<typeof CpuProfile>['nodes'][number]

export interface HotSpot {
  readonly name: string
  /** Of all samples, 0 to 1. */
  readonly share: number
}

export interface Profile {
  readonly samples: number
  /** Where the time itself went, the most first; native code with who called it. */
  readonly functions: readonly HotSpot[]
  /** By package or folder: time in it and in native code that it called. */
  readonly owners: readonly HotSpot[]
}

/** @throws when `text` is no profile */
export function readProfile(text: string, root: string): Profile {
  const { nodes, samples } = Value.Parse(CpuProfile, JSON.parse(text))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])))
  const functions = new Map<string, number>()
  const owners = new Map<string, number>()
  for (const id of samples) {
    const node = byId.get(id)
    if (!node) continue
    count(functions, nameOf(node, parents, root))
    count(owners, ownerOf(node, parents, root))
  }
  const shares = (counts: Map<string, number>) =>
    [...counts]
      .map(([name, hits]) => ({ name, share: hits / samples.length }))
      .toSorted((left, right) => right.share - left.share)
  return { samples: samples.length, functions: shares(functions), owners: shares(owners) }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function placeOf(url: string, root: string): string {
  const path = url.replace(/^file:\/\//, '')
  const inModules = path.lastIndexOf('/node_modules/')
  if (inModules >= 0) return path.slice(inModules + '/node_modules/'.length)
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
}

/** Native code and Bun's own modules are somebody's choice: the nearest caller in a file is. */
function callerOf(node: Node, parents: ReadonlyMap<number, Node>): Node | undefined {
  for (let at: Node | undefined = node; at; at = parents.get(at.id)) {
    if (at.callFrame.url.startsWith('file:') || at.callFrame.url.startsWith('/')) return at
  }
  return undefined
}

function nameOf(node: Node, parents: ReadonlyMap<number, Node>, root: string): string {
  const caller = callerOf(node, parents)
  const name = node.callFrame.functionName || '(anonymous)'
  if (!caller) return `${name} (native)`
  const { functionName, url, lineNumber } = caller.callFrame
  const place = `${functionName || '(anonymous)'} ${placeOf(url, root)}:${lineNumber + 1}`
  return caller === node ? place : `${name} < ${place}`
}

function ownerOf(node: Node, parents: ReadonlyMap<number, Node>, root: string): string {
  const caller = callerOf(node, parents)
  return caller ? ownerName(placeOf(caller.callFrame.url, root), caller.callFrame.url) : '(native)'
}

function ownerName(place: string, url: string): string {
  const parts = place.split('/')
  if (url.includes('/node_modules/')) {
    return place.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? place)
  }
  const source = parts.indexOf('src')
  return source > 0 ? parts.slice(0, source + 2).join('/') : place
}
