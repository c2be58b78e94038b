import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { commandLine } from '@encargo/program'
import { checkDatabase, checkPostgres, isOwned, peekPostgres, type Storage } from '@encargo/storage'
import type { ServiceName } from './config.ts'
import { movedAway, resolveDataDir, unfinishedRestore } from './data-dir.ts'
import { onceThere } from './database-wait.ts'
import type { OnClose } from './foundation.ts'
import type { Outside } from './outside.ts'
import { type DatabaseSettings, placeOf, type Server } from './place.ts'
import { StartError } from './start-error.ts'

/**
 * The folder of a service's data, as an absolute path.
 * @throws StartError while a restore that was cut short has left it half old and half new: what is
 * missing there would be made anew, empty, and the others would take that for the truth; and once its shop
 * was moved to a database server
 */
export function serviceDataDir(dataDir: string): string {
  const folder = resolveDataDir(dataDir)
  if (existsSync(unfinishedRestore(folder))) {
    throw new StartError(
      `a restore to ${folder} was cut short: run ${commandLine('restore')} again, which first puts back what was there, then start the services`,
    )
  }
  const moved = movedAway(folder)
  if (!existsSync(moved)) return folder
  throw new StartError(
    `the shop in ${folder} was moved to the database that ${moved} names: set DATABASE_URL, or remove that file to go on with what was here then`,
  )
}

/**
 * Makes sure that there is a folder and that it can be written, by writing there: what rights say is not
 * all, as there are file systems that are mounted read-only or are full.
 * @throws StartError
 */
export function writableDataDir(dataDir: string): string {
  const folder = resolveDataDir(dataDir)
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
    return folder
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new StartError(
      `DATA_DIR: the folder ${folder} cannot be written (${code}); set DATA_DIR to one that can.`,
    )
  }
}

/** Lies beside a database from its first use on, and says that it is not for the first time. */
export const keptMark = (file: string) => `${file}-kept`

/** @throws StartError when there was a database and is none: it must not come back empty */
function refuseIfLost(file: string): void {
  const mark = keptMark(file)
  if (!existsSync(mark) || (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0) return
  throw new StartError(
    `${file} was here and is gone or empty: bring it back with ${commandLine('restore')}, or remove ${mark} to begin anew without what was in it`,
  )
}

/** Lies where a file's database would, from the first use of a server's on. */
const serverMark = (file: string) => file.replace(/db$/, 'on-server')

/** @throws StartError when what a service knows is on a server, and nothing of it in a file */
function refuseIfElsewhere(file: string): void {
  const mark = serverMark(file)
  if (!existsSync(mark) || existsSync(file)) return
  throw new StartError(
    `${file} is not there, as this shop keeps its data on a server: set DATABASE_URL again, or remove ${mark} to begin another shop in this folder`,
  )
}

const inUse = (file: string, service: ServiceName) =>
  new StartError(
    `${file} is in use by another ${service} or a restore: end that first, or give this one another DATA_DIR`,
  )

/** Where the migrations of a service are for each engine. */
export interface Migrations {
  readonly sqlite: string
  readonly postgres: string
}

type Settings = DatabaseSettings & { readonly DATABASE_WAIT_SECONDS: number }

/**
 * Looks at what would keep a service from opening its database, and changes nothing.
 * @param say is told once why a server is waited for
 * @throws StartError, StorageOpenError
 */
export async function checkServiceDatabase(
  settings: Settings,
  service: ServiceName,
  migrations: Migrations,
  say: (why: string) => void,
): Promise<void> {
  const place = placeOf(service, settings)
  if (place.engine === 'sqlite') {
    checkFile(settings.DATA_DIR, place.file, service, migrations.sqlite)
    return
  }
  const look = async (url: string) => {
    await checkPostgres({ url, schema: service, migrationsFolder: migrations.postgres })
    await refuseIfLeftBehind(settings.DATA_DIR, service, place)
  }
  const seconds = settings.DATABASE_WAIT_SECONDS
  await onceThere(place, look, { seconds, say: ({ message }) => say(message) })
}

/** @throws StartError when what a service knows is in a file, and the server has nothing of it yet */
async function refuseIfLeftBehind(
  dataDir: string,
  schema: ServiceName,
  { url, variable }: Server,
): Promise<void> {
  const file = join(resolveDataDir(dataDir), `${schema}.db`)
  if (!existsSync(file) || (await peekPostgres({ url, schema }, '__turno', 'SELECT 1'))) return
  throw new StartError(
    `${file} is there, and ${variable} leads to a database with nothing of ${schema}: take it there by ${commandLine('move')}, or give the new shop another DATA_DIR`,
  )
}

function checkFile(
  dataDir: string,
  file: string,
  service: ServiceName,
  migrationsFolder: string,
): void {
  // Nothing is made for a start that is refused.
  if (!existsSync(resolveDataDir(dataDir))) return
  writableDataDir(dataDir)
  serviceDataDir(dataDir)
  refuseIfLost(file)
  refuseIfElsewhere(file)
  if (isOwned(file)) throw inUse(file, service)
  checkDatabase(file, migrationsFolder)
}

/** How a service opens its database on each engine. */
export interface Openers {
  /** A file, which is made where there is none. */
  readonly sqlite: (file: string) => Storage
  /** The service's schema of a database. */
  readonly postgres: (url: string) => Promise<Storage>
}

/**
 * Opens a service's database until it is closed: the one that the environment names, which other processes
 * may use as well, else a file of the data folder, for this process alone.
 * @throws StartError, StorageOpenError
 */
export async function openServiceDatabase(
  settings: Settings,
  service: ServiceName,
  openers: Openers,
  outside: Pick<Outside, 'own' | 'logger'> & { readonly onClose: OnClose },
): Promise<Storage> {
  const place = placeOf(service, settings)
  if (place.engine === 'sqlite') {
    return openFile(settings.DATA_DIR, place.file, service, openers.sqlite, outside)
  }
  const { DATABASE_WAIT_SECONDS: seconds, DATA_DIR } = settings
  const { logger, onClose } = outside
  const say = ({ message: error }: Error) =>
    logger.warn('the database does not answer yet and is waited for', { error, seconds })
  const open = async (url: string) => {
    await refuseIfLeftBehind(DATA_DIR, service, place)
    return await openers.postgres(url)
  }
  const opened = await onceThere(place, open, { seconds, say })
  onClose(() => opened.close())
  leave(serverMark(join(resolveDataDir(DATA_DIR), `${service}.db`)))
  logger.info('data is on PostgreSQL, and DATA_DIR only for secrets and mails that are made here', {
    database: opened.place,
    variable: place.variable,
    dataDir: resolveDataDir(DATA_DIR),
  })
  return opened
}

function openFile(
  dataDir: string,
  file: string,
  service: ServiceName,
  open: Openers['sqlite'],
  { own, onClose }: Pick<Outside, 'own'> & { readonly onClose: OnClose },
): Storage {
  serviceDataDir(dataDir)
  writableDataDir(dataDir)
  const letGo = own(file)
  if (!letGo) throw inUse(file, service)
  onClose(letGo)
  // Whoever had it until now may have been a restore, and have died.
  serviceDataDir(dataDir)
  refuseIfLost(file)
  refuseIfElsewhere(file)
  const opened = open(file)
  onClose(() => opened.close())
  leave(keptMark(file))
  return opened
}

/** Without the room or the right to, the next start leaves it; this one must not fail for it. */
function leave(mark: string): void {
  try {
    closeSync(openSync(mark, 'a', 0o600))
  } catch {
    return
  }
}
