/** A signing key as several machines share it: what it signs with is sealed. */
export interface ClaveFirma {
  readonly kid: string
  /** It signs from then on, until the next one does; milliseconds since the epoch. */
  readonly firmaDesde: number
  readonly pkcs8: string
}

export interface ClaveFirmaStore {
  /** The one that signs longest ago first. */
  todas(): Promise<readonly ClaveFirma[]>
  poner(nueva: ClaveFirma): Promise<void>
  /** Of several that start together with none, one puts its own. */
  ponerPrimera(nueva: ClaveFirma): Promise<void>
  quitar(kids: readonly string[]): Promise<void>
}
