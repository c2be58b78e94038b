import { type Client, createClient, unwrap } from '@encargo/client'
import { admin, type startAll } from '../../apps/tienda/e2e/processes.ts'
import { fillOrders } from '../../bench/fill/fill.ts'
import { catalogo } from '../demo/catalogo.ts'
import { seedDemo } from '../demo/seed.ts'
import { patientClient } from '../lib/client.ts'

type Running = Awaited<ReturnType<typeof startAll>>

/** Orders of the past: some fifteen a day for two months, so that there is something to draw. */
const orders = 900
const apartMs = 5_800_000
/** So that two months of sales find their stock; afterwards it is counted anew. */
const plenty = 100_000
/** What is scarce in the demo shop stays so. */
const scarce = 20
const people = ['Sara Ochoa', 'Pablo Idrovo', 'Rosa Peralta', 'Julio Cobos', 'Eva Crespo']

const say = (line: string) => console.log(line)

/** The demo shop, and behind its sample orders a past of two months. */
export async function fillShop(running: Running): Promise<void> {
  const { auth = '', productos = '', inventario = '', pedidos = '' } = running.urls
  const staff = createClient({ auth, productos, inventario, pedidos })
  const login = await staff.login({ ...admin })
  if (!login.ok) throw new Error(`the admin cannot log in: ${login.problem.detail}`)
  const newClient = () => patientClient({ auth, productos, inventario, pedidos })
  // The sample orders come last, as they are the newest.
  await seedDemo({ newClient, admin, report: () => undefined, sinPedidos: true })
  const sold = await usuallySold(staff)
  const customers = await Promise.all(people.map((nombre) => register(staff, nombre)))
  await count(staff, sold, () => plenty)
  await running.kill('pedidos')
  await running.kill('inventario')
  const past = { count: orders, products: sold, customers, now: Date.now(), apartMs }
  await fillOrders(running.dataDir, past, say)
  await Promise.all([running.revive('inventario'), running.revive('pedidos')])
  await count(staff, sold, ({ existencia }) => existencia)
  await seedDemo({ newClient, admin, report: say })
}

async function usuallySold(staff: Client) {
  const { datos } = await unwrap(staff.productos.productos.get({ query: { limite: 200 } }))
  return datos.flatMap(({ id, sku, nombre, precio }) => {
    const existencia = catalogo.find((one) => one.sku === sku)?.existencia ?? 0
    return existencia >= scarce ? [{ id, sku, nombre, precio, existencia }] : []
  })
}

type Sold = Awaited<ReturnType<typeof usuallySold>>[number]

async function count(staff: Client, sold: readonly Sold[], units: (one: Sold) => number) {
  for (const one of sold) {
    const body = { tipo: 'AJUSTE', cantidad: units(one), motivo: 'Recuento' } as const
    await unwrap(staff.inventario.inventario({ productoId: one.id }).patch(body))
  }
}

async function register({ auth }: Client, nombre: string): Promise<string> {
  const email = `${nombre.toLowerCase().replace(' ', '.')}@encargo.example`
  const password = crypto.randomUUID()
  return (await unwrap(auth.register.post({ email, password, nombre }))).id
}
