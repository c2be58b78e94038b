/** One process that is measured. */
export interface Measured {
  readonly name: string
  readonly pid: number
}

/** Something that sells: the system or the floor. */
export interface Target {
  readonly name: 'system' | 'floor'
  /** Where `POST /pedidos` goes. */
  readonly origin: string
  readonly processes: readonly Measured[]
  readonly productIds: readonly string[]
  /** Access tokens good for the next minutes; empty where nobody asks for one. */
  tokens(): Promise<readonly string[]>
  stop(): Promise<void>
}
