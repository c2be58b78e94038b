import { join } from 'node:path'
import { type Client, createClient, unwrap } from '@encargo/client'
import { admin, startAll } from './processes.ts'

type Service = 'auth' | 'productos' | 'inventario' | 'pedidos'

export interface Shop {
  /** Where the shop window is. */
  readonly origin: string
  /** The token in a mail that somebody got. */
  readonly mailedToken: (email: string) => Promise<string>
  /** The shop's staff, for what happens behind the counter. */
  readonly staff: Client
  /** Ends a service as a power cut would, and starts it again. */
  readonly kill: (service: Service) => Promise<void>
  readonly revive: (service: Service) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Waits until auth has written it: without a mail server mails become files. */
async function mailedToken(dataDir: string, email: string): Promise<string> {
  const files = new Bun.Glob('correo/*.eml')
  for (;;) {
    for await (const file of files.scan(dataDir)) {
      const text = await Bun.file(join(dataDir, file)).text()
      const [token] = /^[\w-]{40,}\r?$/m.exec(text) ?? []
      if (token !== undefined && text.includes(`To: ${email}`)) return token.trim()
    }
  }
}

/** @param env variables beside those that every shop of the tests has */
export async function openShop(env: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const { origin, urls, dataDir, kill, revive, stop } = await startAll(env)
  const { auth = '', productos = '', inventario = '', pedidos = '', pagos = '' } = urls
  const staff = createClient({ auth, productos, inventario, pedidos, pagos })
  const login = await staff.login({ ...admin })
  if (!login.ok) throw new Error(`the admin cannot log in: ${login.problem.detail}`)
  return { origin, mailedToken: (email) => mailedToken(dataDir, email), staff, kill, revive, stop }
}

export interface NewProduct {
  readonly nombre: string
  readonly precio: number
  readonly cantidad: number
  readonly categoria?: string
  readonly descripcion?: string
}

type Face = Parameters<Client['auth']['tienda']['patch']>[0]

/** Says who the shop is, at the shop window's own door: its pages then show it at once. */
export async function dress({ origin }: Shop, face: Face): Promise<void> {
  const door = createClient({ origin })
  const login = await door.login({ ...admin })
  if (!login.ok) throw new Error(`the admin cannot log in: ${login.problem.detail}`)
  await unwrap(door.auth.tienda.patch(face))
}

let made = 0

/** Puts something on the shelf and gives its id. */
export async function stock({ staff }: Shop, product: NewProduct): Promise<string> {
  made += 1
  const { cantidad, ...rest } = product
  const { id } = await unwrap(staff.productos.productos.post({ sku: `E2E-${made}`, ...rest }))
  await unwrap(staff.inventario.inventario.post({ productoId: id, cantidad }))
  return id
}

/** How many of it can be bought. */
export async function available({ staff }: Shop, productId: string): Promise<number | undefined> {
  const query = { ids: productId }
  const { datos } = await unwrap(staff.inventario.disponibilidad.get({ query }))
  return datos[0]?.disponible
}

/** From now on the shop says what of its prices is tax, how it ships, and takes a coupon. */
export async function sellProperly({ staff: { productos, pedidos } }: Shop): Promise<void> {
  await unwrap(productos.impuestos({ codigo: 'general' }).put({ nombre: 'IVA', tasa: 1_500 }))
  const tarifa = { tipo: 'fija', precio: 350 } as const
  const zonas = [{ pais: 'EC' }]
  const domicilio = { tipo: 'domicilio', plazoDias: 1, tarifa } as const
  await unwrap(
    pedidos['metodos-envio'].post({ codigo: 'moto', nombre: 'Moto', zonas, ...domicilio }),
  )
  const gratis = { tipo: 'fija', precio: 0 } as const
  const retiro = { codigo: 'tienda', nombre: 'En la tienda', tipo: 'retiro' } as const
  await unwrap(pedidos['metodos-envio'].post({ ...retiro, tarifa: gratis }))
  const cupon = { codigo: 'HOLA10', tipo: 'porcentaje', valor: 1_000 } as const
  await unwrap(pedidos.cupones.post(cupon))
}
