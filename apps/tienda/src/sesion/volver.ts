/** Where to go after signing in: a path of our own pages, whatever the address says. */
export function leerVolver(busqueda: Readonly<Record<string, unknown>>): { volver?: string } {
  const { volver } = busqueda
  if (typeof volver !== 'string' || !/^\/(?![/\\])/.test(volver)) return {}
  return volver.startsWith('/entrar') ? {} : { volver }
}
