import type { CausaFallo, Intento } from '../values/attempts.ts'

// Moments are milliseconds since the epoch. Writes reject with StorageUnavailableError when the
// database can't serve, and then nothing of them was done.

/** Something that must happen, and is owed until it has. */
export interface Deuda<Datos = unknown> {
  readonly tipo: string
  /** What it is about: with `tipo`, there is one. */
  readonly clave: string
  readonly datos: Datos
  /** Attempts that failed so far. */
  readonly intentos: number
}

/** One whose turn has come. */
export interface Debida extends Deuda {
  /** When it came, as it was seen: who takes it must find it so. */
  readonly proximaEn: number
}

/** Why and until when something owed is put off. */
export interface Aplazo {
  readonly proximaEn: number
  /** None where nothing failed. */
  readonly causa?: CausaFallo
  /** How the attempt went, for those whose story is kept. */
  readonly intento: Intento
}

/** What is owed of one kind: `que` is that, or what the service calls it. */
export interface Pendientes {
  readonly que: string
  readonly cuantas: number
  /** How many of them have failed at least once. */
  readonly fallidas: number
  readonly desde: number
}

export interface Espera {
  readonly pendientes: readonly Pendientes[]
  /** Why the one failed that has the longest to wait. */
  readonly ultimoError?: CausaFallo | undefined
}

/**
 * Where it is on disk what is owed. It comes into being in the write of what makes it due and goes in
 * that of what comes of it, which are methods of the store; these are between the two.
 */
export interface Obligaciones<Waiting extends Espera = Espera> {
  /** Those of a kind whose turn has come by `hasta`, those that waited longest first. */
  debidas(tipo: string, hasta: number, limite: number): Promise<readonly Debida[]>
  /**
   * Puts it off to `hasta`, for whoever does it now; false when somebody else has taken it, or it is
   * done. All that keeps two instances from doing the same thing at once; if they do, it is harmless.
   */
  tomar(debida: Debida, hasta: number): Promise<boolean>
  aplazar(deuda: Deuda, aplazo: Aplazo): Promise<void>
  /** It is owed no more. For kinds that nothing else is written for. */
  cerrar(deuda: Deuda): Promise<void>
  espera(): Promise<Waiting>
}

/** Who of those that share a database works in the background. */
export interface Turnos {
  /** Whether other processes may be working on the same things. */
  readonly compartido: boolean
  /**
   * Whether this process is the one that works in the background now; it stays so by asking again, and
   * another follows it some ten seconds after it has ceased to. It spares the others that work, which two
   * may do as well.
   */
  deGuardia(): Promise<boolean>
}
