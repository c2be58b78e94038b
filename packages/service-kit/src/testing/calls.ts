/**
 * Watches which methods of a port are called, those of the ports in it included. `missed` names the
 * others: what a contract's tests leave out.
 */
export function createCalls() {
  const offered = new Set<string>()
  const called = new Set<string>()

  function watch<T extends object>(port: T, path = ''): T {
    const seen = Object.entries(port).map(([key, member]: [string, unknown]) => {
      const name = path + key
      if (typeof member === 'function') {
        offered.add(name)
        const watched = (...given: unknown[]): unknown => {
          called.add(name)
          return Reflect.apply(member, port, given)
        }
        return [key, watched]
      }
      const isPort = typeof member === 'object' && member !== null && !Array.isArray(member)
      return [key, isPort ? watch(member, `${name}.`) : member]
    })
    return Object.assign({}, port, Object.fromEntries(seen))
  }

  return { watch, missed: () => [...offered.difference(called)].toSorted() }
}
