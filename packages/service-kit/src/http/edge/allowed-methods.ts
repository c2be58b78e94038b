interface Route {
  readonly method: string
  readonly path: string
}

/** `/pedidos/:id` as an expression; `:id?` may be absent, and `*` takes the rest. */
function templateOf(path: string): RegExp {
  const parts = path.split('/').filter(Boolean)
  const source = parts.map((part) => {
    if (part === '*') return '(?:/.*)?'
    if (part.startsWith(':')) return part.endsWith('?') ? '(?:/[^/]+)?' : '/[^/]+'
    return `/${part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`
  })
  return new RegExp(`^${source.join('')}/?$`)
}

/**
 * The value of `Allow` (RFC 9110, 10.2.1) for a path, or undefined where no route has it. What
 * answers GET answers HEAD, and CORS answers OPTIONS everywhere.
 */
export function allowedMethods(routes: readonly Route[], pathname: string): string | undefined {
  const methods = routes
    .filter((route) => route.method !== 'OPTIONS' && templateOf(route.path).test(pathname))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return methods.length === 0 ? undefined : [...new Set(methods), 'OPTIONS'].join(', ')
}
