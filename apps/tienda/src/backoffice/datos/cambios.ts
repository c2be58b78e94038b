/** The parts of `despues` that are not as in `antes`: nobody undoes what somebody else did. */
export function distintos<T extends object>(antes: T, despues: T): Partial<T> {
  const claves = Object.keys(despues) as (keyof T)[]
  const otras = claves.filter(
    (clave) => JSON.stringify(antes[clave]) !== JSON.stringify(despues[clave]),
  )
  return Object.fromEntries(otras.map((clave) => [clave, despues[clave]])) as Partial<T>
}
