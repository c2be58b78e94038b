import { cuentas } from './cuentas.ts'
import { patientClient } from '../lib/client.ts'
import { FakeShop } from './fake-shop.ts'
import type { PagoDemo } from './pagos.ts'
import { pedidos } from './pedidos.ts'
import { seedDemo } from './seed.ts'

const quiet = () => {}
const where = {
  auth: 'http://auth.test',
  productos: 'http://productos.test/',
  inventario: 'http://inventario.test',
  pedidos: 'http://pedidos.test',
  pagos: 'http://pagos.test',
}
const sleep = () => Promise.resolve()

type Shop = Pick<FakeShop, 'fetch'> & Partial<Pick<FakeShop, 'banco'>>

export const seed = (shop: Shop, report: (line: string) => void = quiet) =>
  seedDemo({
    newClient: () => patientClient(where, { fetch: shop.fetch, sleep }),
    admin: cuentas.admin,
    report,
    banco: shop.banco,
  })

/** A guest whom a crash left without an order is nobody. */
const withAccount = ([email]: readonly [string, unknown]) => !email.includes('#')

/** What the shop holds, free of ids and of the order in which requests arrived. */
export function contents(shop: FakeShop) {
  const skuOf = new Map([...shop.productos].map(([sku, { id }]) => [id, sku]))
  const emailOf = new Map([...shop.usuarios].map(([email, { id }]) => [id, email]))
  return {
    tienda: [...shop.tienda.keys()].sort(),
    venta: Object.values(shop.venta).map((puestos) => [...puestos.keys()].sort()),
    pagos: [...shop.banco.metodos.keys()].sort(),
    avisos: shop.avisos,
    libreta: [shop.direcciones.size, shop.facturacion.length],
    usuarios: [...shop.usuarios]
      .filter(withAccount)
      .map(([email, { rol }]) => `${email} ${rol}`)
      .sort(),
    productos: [...shop.productos.keys()].sort(),
    existencias: [...shop.existencias]
      .map(([id, { fisico, disponible }]) => `${skuOf.get(id)} ${fisico} ${disponible}`)
      .sort(),
    pedidos: shop.pedidos
      .map((p) => {
        const [de = 'de paso'] = emailOf.get(p.clienteId)?.split('#') ?? []
        const tipos = p.historial.flatMap(({ tipo }) => tipo ?? [])
        const cobros = shop.banco.de(p.id).map((uno) => [uno.estado, uno.disputa])
        const pago = [p.pago.metodo, ...cobros]
        return `${p.notas} ${de} ${p.trato} ${p.estado} ${p.motivo} ${p.anulado} ${tipos} ${pago}`
      })
      .sort(),
  }
}

export async function seeded(): Promise<FakeShop> {
  const shop = new FakeShop()
  await seed(shop)
  return shop
}

function pagado(pago: PagoDemo | undefined) {
  const { metodo = null, enElBanco = [], recibido } = pago ?? {}
  const estado = enElBanco.includes('imprimirVale') ? 'en-proceso' : 'cobrado'
  const disputa = enElBanco.includes('disputar') ? 'abierta' : null
  return enElBanco.length > 0 || recibido ? [metodo, [estado, disputa]] : [metodo]
}

/** A shop whose orders are where the data says, computed without the seed. */
export function expectedStates(): string[] {
  return pedidos
    .map(({ notas, cliente, fin, pago, ...trato }) => {
      const { metodoEnvio, cupon, canal } = trato
      const deSuCuenta = typeof cliente === 'string' ? cuentas[cliente].email : cliente.email
      const de = canal === 'mostrador' ? 'de paso' : deSuCuenta
      const motivo = fin.estado === 'Cancelado' ? fin.motivo : null
      const anulado = (fin.estado === 'Completado' && fin.anulado) || null
      const tipos = fin.estado === 'Pendiente' && fin.preparado ? 'envio.preparado' : ''
      return `${notas} ${de} ${[metodoEnvio, cupon, canal]} ${fin.estado} ${motivo} ${anulado} ${tipos} ${pagado(pago)}`
    })
    .sort()
}
