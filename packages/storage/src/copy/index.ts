export { claimSchema, isTaken, type Target } from './claim.ts'
export {
  type Look,
  openLook,
  type Schema,
  SchemaTakenError,
  writeClaimed,
  writeOnce,
} from './connection.ts'
export { makeDatabase, removeDatabase } from './database.ts'
export { firstDifference } from './difference.ts'
export { fillSchema } from './fill.ts'
export { dropUnfinished, isThere, markOf, markSchema, releaseSchema, servicesAt } from './mark.ts'
export { type CopyOptions, openSnapshot, type Snapshot } from './snapshot.ts'
export type { Mark } from '../postgres/marks.ts'
