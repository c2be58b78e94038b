/** The fields that are another in `despues`, for the log of changes; of numbers what they were and are. */
export function cambiados<T extends object>(antes: T, despues: T): string {
  const nuevos = new Map(Object.entries(despues))
  return Object.entries(antes)
    .flatMap(([campo, viejo]: [string, unknown]) => {
      const nuevo: unknown = nuevos.get(campo)
      if (campo === 'version' || Bun.deepEquals(viejo, nuevo)) return []
      const cifras = typeof viejo === 'number' && typeof nuevo === 'number'
      return cifras ? `${campo} ${viejo} -> ${nuevo}` : campo
    })
    .join(', ')
}
