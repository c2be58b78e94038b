import type { Wish } from '../load/job.ts'

/**
 * The system and the floor, each as processes of their own and (`juntos`) all in one; `postgres` is the
 * system with its data in PostgreSQL, `replicas` two of each service there.
 */
export const targetNames = [
  'system',
  'juntos',
  'postgres',
  'replicas',
  'floor',
  'floor-juntos',
] as const
export type TargetName = (typeof targetNames)[number]
export type FloorName = 'floor' | 'floor-juntos'
export type SystemName = Exclude<TargetName, FloorName>

export const isFloor = (name: TargetName): name is FloorName =>
  name === 'floor' || name === 'floor-juntos'

/** One process that is measured. */
export interface Measured {
  readonly name: string
  readonly pid: number
  /** Whether those that it has begun count as well: PostgreSQL has a process for each connection. */
  readonly withChildren?: boolean
}

/** Something that sells. */
export interface Target {
  /** A `TargetName`, which another checkout's continues. */
  readonly name: string
  /** The floor of its form, of whose figures its own are a share; a floor has none. */
  readonly floor?: FloorName
  /** Where `POST /pedidos` goes: each replica gets the same load. */
  readonly origins: readonly string[]
  readonly processes: readonly Measured[]
  readonly productIds: readonly string[]
  /** What each purchase is, where it is more than its products. */
  readonly wish?: Wish | undefined
  /** Access tokens good for the next minutes; empty where nobody asks for one. */
  tokens(): Promise<readonly string[]>
  stop(): Promise<void>
}
