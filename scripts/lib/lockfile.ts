import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Described {
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What is read of `bun.lock` (https://bun.com/docs/pm/lockfile); its keys are places, such as `a/b`. */
interface Lockfile {
  readonly workspaces: Readonly<Record<string, Described & { readonly name: string }>>
  readonly packages: Readonly<Record<string, readonly [string, string?, Described?]>>
}

const namesIn = (place: string) => place.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []

/** Where `name` is found from `place`, as Node looks for it: beside it, then one folder further up. */
function placeOf(name: string, place: string, { packages }: Lockfile): string | undefined {
  const names = namesIn(place)
  for (let depth = names.length; depth >= 0; depth -= 1) {
    const candidate = [...names.slice(0, depth), name].join('/')
    if (candidate in packages) return candidate
  }
  return undefined
}

/** The places of everything that the workspaces need to run, each once. */
function placesNeeded(lockfile: Lockfile): Set<string> {
  const places = new Set<string>()
  const visit = (from: string, { dependencies }: Described) => {
    for (const name of Object.keys(dependencies ?? {})) {
      const place = placeOf(name, from, lockfile)
      if (place === undefined || places.has(place)) continue
      places.add(place)
      visit(place, lockfile.packages[place]?.[2] ?? {})
    }
  }
  for (const workspace of Object.values(lockfile.workspaces)) visit(workspace.name, workspace)
  return places
}

/**
 * Packages that the workspaces in `folder` need to run and that are not installed as `bun.lock` says,
 * by name. Reads some hundred small files and writes nothing.
 */
export function misfits(folder: string): string[] {
  const text = readFileSync(join(folder, 'bun.lock'), 'utf8')
  const lockfile = Bun.JSONC.parse(text) as Lockfile
  const isRight = (place: string) => {
    const inside = namesIn(place).join('/node_modules/')
    const file = join(folder, 'node_modules', inside, 'package.json')
    if (!existsSync(file)) return false
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    const [wanted = ''] = lockfile.packages[place] ?? []
    return wanted.startsWith(`${name}@workspace:`) || wanted === `${name}@${version}`
  }
  return [...placesNeeded(lockfile)].filter((place) => !isRight(place))
}
