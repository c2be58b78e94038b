const names = ['auth', 'productos', 'inventario', 'pedidos', 'pagos'] as const
export type ServiceName = (typeof names)[number]

/** Each service's own address, such as `http://127.0.0.1:8000`; without payments there is no `pagos`. */
export type Addresses = Readonly<Record<Exclude<ServiceName, 'pagos'>, string>> & {
  readonly pagos?: string | undefined
}

/** Where nobody is (RFC 6761, 6.4). */
const nowhere = 'http://pagos.invalid'

/** One origin that passes `/api/<service>/…` on to the services, or each service's own address. */
export type Where = { readonly origin: string } | Addresses

const checked = (name: string, address: string): string => {
  if (/^https?:\/\/[^/\s]+/.test(address)) return address.replace(/\/+$/, '')
  throw new TypeError(
    `${name} must be a whole address such as https://shop.example, got "${address}"`,
  )
}

/** The one origin of all, if there is one. */
export const originOf = (where: Where): string | undefined =>
  'origin' in where ? checked('origin', where.origin) : undefined

/** Throws TypeError for an address without a scheme: it would be asked over another one. */
export function originsOf(where: Where): Readonly<Record<ServiceName, string>> {
  const of = (name: ServiceName) =>
    'origin' in where ? `${originOf(where)}/api/${name}` : checked(name, where[name] ?? nowhere)
  return {
    auth: of('auth'),
    productos: of('productos'),
    inventario: of('inventario'),
    pedidos: of('pedidos'),
    pagos: of('pagos'),
  }
}
