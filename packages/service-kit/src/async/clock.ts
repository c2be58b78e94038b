declare const unit: unique symbol

/** Milliseconds since 1970-01-01T00:00Z, whole. */
export type EpochMs = number & { readonly [unit]: 'epoch' }
/** Milliseconds since some moment that only this process knows; never less than before. */
export type MonoMs = number & { readonly [unit]: 'mono' }

/** The time of day and the time that passes: two units, of which one does not compile as the other. */
export interface Clock {
  /** For what stays on record. @throws ClockDoubtError where the clock is one that may be doubted */
  epochMs(): EpochMs
  /** For how long something takes. */
  monoMs(): MonoMs
}

/** A moment read from a record, or made of another by adding to it. */
export const epochMs = (ms: number) => ms as EpochMs
export const monoMs = (ms: number) => ms as MonoMs

export const machineClock: Clock = {
  epochMs: () => epochMs(Date.now()),
  monoMs: () => monoMs(performance.now()),
}
