import type { Table } from '../table.ts'

/** What one mode found out. */
export interface Section {
  readonly tables: readonly Table[]
  /** The same for programs. */
  readonly data: unknown
  /** What must hold and did not, a sentence each; the command then ends with exit code 1. */
  readonly wrong: readonly string[]
}
