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

const read = (folder: string): Lockfile =>
  Bun.JSONC.parse(readFileSync(join(folder, 'bun.lock'), 'utf8')) as Lockfile

const isWorkspace = (place: string, { packages }: Lockfile) =>
  packages[place]?.[0].includes('@workspace:') === true

const folderOf = (place: string) => join('node_modules', namesIn(place).join('/node_modules/'))

/** Where the packages of others are that the workspaces in `folder` need to run, from there. */
export function foldersNeeded(folder: string): string[] {
  const lockfile = read(folder)
  const places = [...placesNeeded(lockfile)].filter((place) => !isWorkspace(place, lockfile))
  return places.map(folderOf)
}

/**
 * Packages that the workspaces in `folder` need to run and that are not installed as `bun.lock` says,
 * by name. Reads some hundred small files and writes nothing.
 */
export function misfits(folder: string): string[] {
  const lockfile = read(folder)
  const isRight = (place: string) => {
    const file = join(folder, folderOf(place), 'package.json')
    if (!existsSync(file)) return false
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
    const [wanted = ''] = lockfile.packages[place] ?? []
    return isWorkspace(place, lockfile) || wanted === `${name}@${version}`
  }
  return [...placesNeeded(lockfile)].filter((place) => !isRight(place))
}
