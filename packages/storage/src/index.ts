export { backupDatabase } from './backup.ts'
export { checkDatabase, peek } from './check.ts'
export { type Engine, lookAt, type Many } from './engine.ts'
export { type StorageFailure, StorageOpenError, StorageUnavailableError } from './errors.ts'
export type { Health } from './health.ts'
export { type Condition, list } from './list.ts'
export {
  type Asked,
  last,
  type Script,
  type SqlText,
  statement,
  type Statement,
  together,
  type Value,
} from './script.ts'
export { isOwned, ownDatabase } from './ownership.ts'
export { checkPostgres, peekPostgres } from './postgres/check.ts'
export { openPostgres, type PostgresOptions } from './postgres/open.ts'
export { isDatabaseUrl, shownUrl } from './postgres/start.ts'
export {
  openStorage,
  type SqliteStorage,
  type Storage,
  type StorageOptions,
  type StorageStats,
} from './storage.ts'
