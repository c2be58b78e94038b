import type { CorreoDebido, CorreoVisto, ResultadoCorreo } from '../domain/correo.ts'

export interface FiltroCorreos {
  readonly estado?: CorreoVisto['estado']
  /** Only mails after this id, in the list's order: the newest first. */
  readonly antesDe?: string
  readonly limite: number
}

export interface ResumenCorreos {
  readonly pendientes: number
  /** Of the oldest that is owed, in milliseconds. */
  readonly desde: number | null
  readonly abandonados: number
}

export interface CorreoStore {
  /** The one that is due for longest; where others send as well, it is not theirs for a minute. */
  siguiente(now: number): Promise<CorreoDebido | undefined>
  /** When the next one is due, in milliseconds. */
  proximoEn(): Promise<number | undefined>
  /** What came of an attempt. With what ends a mail goes its token. */
  anotar(id: string, resultado: ResultadoCorreo, now: number): Promise<void>
  resumen(): Promise<ResumenCorreos>
  /** Up to `limite + 1`, the newest first. */
  listar(filtro: FiltroCorreos): Promise<readonly CorreoVisto[]>
  purgar(now: number): Promise<number>
}
