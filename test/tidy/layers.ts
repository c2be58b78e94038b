import {
  type Finding,
  type Import,
  inService,
  inSrc,
  resolved,
  type Source,
  workspaceOf,
} from './tree.ts'

interface Rule {
  readonly name: string
  readonly applies: (path: string) => boolean
  readonly forbids: (one: Import, file: Source) => boolean
  readonly instead: string
}

const app = (path: string) => /^apps\/[^/]+\/src\//.test(path)
const folder = (name: string) => (path: string) => inSrc(path) && path.includes(`/src/${name}/`)

const apps = ['auth', 'productos', 'inventario', 'pedidos', 'pagos', 'tienda', 'encargo']
const isPackage = (from: string, name: string) => from === name || from.startsWith(`${name}/`)
/** The app that an import leads into, by name or by path. */
function importedApp(one: Import, path: string): string | undefined {
  const named = apps.find((name) => isPackage(one.from, `@encargo/${name}`))
  if (named !== undefined) return `apps/${named}`
  const target = resolved(path, one.from)
  return target?.startsWith('apps/') ? workspaceOf(target) : undefined
}

const leadsInto = (one: Import, path: string, folderName: string) =>
  resolved(path, one.from)?.includes(`/src/${folderName}/`) ?? false
const leadsTo = (one: Import, path: string, pattern: RegExp) =>
  pattern.test(resolved(path, one.from) ?? '')

/** What stands behind each room of a service. */
const behind: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain'],
  app: ['domain', 'ports'],
  http: ['domain', 'ports', 'app'],
  clients: ['domain', 'ports'],
  store: ['domain', 'ports'],
  // Adapters too, of no peer: hashing, estimating, signing, the folder of keys.
  security: ['domain', 'ports'],
}
const room = /^apps\/[^/]+\/src\/(?:(\w+)\/|(ports)\.ts$|((?:main|open)\.ts$))/

const roomOf = (path: string): string | undefined => room.exec(path)?.slice(1).find(Boolean)

export const rules: readonly Rule[] = [
  {
    name: 'only store/ imports Drizzle and SQLite',
    applies: (path) =>
      inSrc(path) && !folder('store')(path) && !path.startsWith('packages/storage/'),
    forbids: ({ from }) => isPackage(from, 'drizzle-orm') || from === 'bun:sqlite',
    instead: 'ask the interface in ports.ts and let open.ts hand the adapter in',
  },
  {
    name: 'only http/ imports Elysia',
    applies: (path) => inSrc(path) && !folder('http')(path),
    forbids: ({ from, typeOnly }) =>
      !typeOnly &&
      (isPackage(from, 'elysia') || from.startsWith('@elysiajs/')) &&
      !isPackage(from, '@elysiajs/eden'),
    instead: 'decide in domain/ and speak HTTP in http/',
  },
  {
    name: 'domain/ knows neither HTTP, SQL nor the machine',
    applies: folder('domain'),
    forbids: ({ from, typeOnly }) =>
      isPackage(from, 'elysia') ||
      from.startsWith('@elysiajs/') ||
      isPackage(from, 'drizzle-orm') ||
      isPackage(from, '@encargo/storage') ||
      /^(?:node:|bun(?::|$))/.test(from) ||
      (!typeOnly &&
        isPackage(from, '@encargo/service-kit') &&
        !isPackage(from, '@encargo/service-kit/values')),
    instead: 'take plain values and functions as arguments (of the kit, only types and values/)',
  },
  {
    name: 'only open.ts and main.ts put adapters together',
    applies: (path) =>
      inSrc(path) && !folder('store')(path) && !/\/src\/(?:open|main)\.ts$/.test(path),
    forbids: (one, { path }) => app(path) && !one.typeOnly && leadsInto(one, path, 'store'),
    instead: 'name what is needed in ports.ts, and let open.ts hand it in',
  },
  {
    name: 'the arrows point inward: a room imports from itself and from those behind it',
    applies: inService,
    forbids(one, { path }) {
      const [from = '', to] = [path, resolved(path, one.from) ?? ''].map(roomOf)
      const allowed = behind[from]
      return allowed !== undefined && to !== undefined && to !== from && !allowed.includes(to)
    },
    instead: 'move what both need into domain/ or ports.ts',
  },
  {
    name: 'only open.ts makes the app of a service',
    // What breaks a rule is written out in tidy's own tests.
    applies: (path) => !/^(?:apps\/[^/]+\/src\/open\.ts$|test\/tidy\/)/.test(path),
    forbids: (one, { path }) =>
      !one.typeOnly &&
      (leadsTo(one, path, /^apps\/[^/]+\/src\/http\/app\.ts$/) ||
        apps.some((name) => one.from === `@encargo/${name}`)),
    instead: 'call open with a world of your own: its fetch, its clock, what it puts around ports',
  },
  {
    name: 'nothing imports main.ts',
    applies: inSrc,
    forbids: (one, { path }) =>
      leadsTo(one, path, /\/src\/main\.ts$/) || /^@encargo\/[^/]+\/main$/.test(one.from),
    instead: 'move it to a module that only defines; main.ts acts',
  },
  {
    name: 'an app imports another app by type only, and by its name',
    applies: app,
    forbids: (one, { path }) => {
      const target = importedApp(one, path)
      if (target === undefined || target === workspaceOf(path)) return false
      // It is what puts them into one process.
      if (workspaceOf(path) === 'apps/encargo' && /\/(?:open|config)$/.test(one.from)) return false
      return !one.typeOnly || one.from.startsWith('.')
    },
    instead: "`import type { XApp } from '@encargo/x'`, and call it through Eden",
  },
  {
    name: 'packages never import apps (the client: types only)',
    applies: (path) => path.startsWith('packages/'),
    forbids: (one, { path }) =>
      importedApp(one, path) !== undefined &&
      !(path.startsWith('packages/client/') && one.typeOnly && !one.from.startsWith('.')),
    instead: 'hand it in from the app',
  },
  {
    name: 'a workspace is entered through what it exports',
    applies: inSrc,
    forbids: (one, { path }) => {
      const target = resolved(path, one.from)
      return target !== undefined && workspaceOf(target) !== workspaceOf(path)
    },
    instead: "import '@encargo/<name>'",
  },
]

/** The front door of a service and its rooms; why auth has one more, docs/decisions.md says. */
const template =
  /\/src\/(?:(?:main|open|config|ports)\.ts$|(?:ports|domain|app|http|clients|store)\/)|auth\/src\/security\//

/** A file that lies in none of the rooms. */
export function roomFindings({ path }: Source): Finding[] {
  if (!inService(path) || template.test(path)) return []
  const instead = `one of ${Object.keys(behind).join('/, ')}/`
  return [{ path, line: 1, what: 'lies in no room of the template', instead }]
}

/** Every import of `file` that points where it must not. */
export function layerFindings(file: Source): Finding[] {
  return rules
    .filter((rule) => rule.applies(file.path))
    .flatMap((rule) =>
      file.imports
        .filter((one) => rule.forbids(one, file))
        .map(({ line, from }) => ({
          path: file.path,
          line,
          what: `imports ${from} (${rule.name})`,
          instead: rule.instead,
        })),
    )
}
