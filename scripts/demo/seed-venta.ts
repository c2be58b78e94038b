import { ask } from '@encargo/client'
import { dataOf } from './answers.ts'
import type { Corrida, Persona, Recuento } from './corrida.ts'
import { avisos, cupon, direcciones, estudio, impuestos, metodos } from './venta.ts'

/** Makes of `deseados` what is not among those that are there, one after the other. */
async function completar<T extends { readonly codigo: string }>(
  recuento: Recuento,
  deseados: readonly T[],
  puestos: readonly { readonly codigo: string }[],
  poner: (falta: T) => Promise<void>,
): Promise<void> {
  const codigos = new Set(puestos.map(({ codigo }) => codigo))
  for (const uno of deseados) {
    if (codigos.has(uno.codigo)) recuento.existentes++
    else {
      await poner(uno)
      recuento.creados++
    }
  }
}

/**
 * Taxes, shipping methods, the coupon and what is said in mails, as the admin. What has one of their codes
 * already is somebody's, whatever it says by now. Before the products, which name their tax.
 */
export async function asegurarVenta({ admin, resultado: { venta } }: Corrida, operador: Persona) {
  const { productos, pedidos } = operador.client
  const hayImpuestos = dataOf('GET /impuestos', await ask(productos.impuestos.get({ query: {} })))
  await completar(venta, impuestos, hayImpuestos.datos, async ({ codigo, ...impuesto }) => {
    const { client } = await admin()
    const puesta = client.productos.impuestos({ codigo }).put(impuesto)
    dataOf('PUT /impuestos/:codigo', await ask(puesta))
  })
  const hayMetodos = dataOf('GET /metodos-envio', await ask(pedidos['metodos-envio'].get()))
  await completar(venta, metodos, hayMetodos.datos, async (metodo) => {
    const { client } = await admin()
    dataOf('POST /metodos-envio', await ask(client.pedidos['metodos-envio'].post(metodo)))
  })
  const query = { q: cupon.codigo }
  const hayCupones = dataOf('GET /cupones', await ask(pedidos.cupones.get({ query })))
  await completar(venta, [cupon], hayCupones.datos, async (uno) => {
    const { client } = await admin()
    dataOf('POST /cupones', await ask(client.pedidos.cupones.post(uno)))
  })
  const hayAvisos = dataOf('GET /ajustes/avisos', await ask(pedidos.ajustes.avisos.get()))
  if (hayAvisos.version > 0) venta.existentes++
  else {
    const { client } = await admin()
    dataOf('PUT /ajustes/avisos', await ask(client.pedidos.ajustes.avisos.put(avisos)))
    venta.creados++
  }
}

/**
 * What the demo customer keeps in her account, unless she has invoice data. Those come last, so that
 * after a crash in between it is done again: an address that is there is not added.
 */
export async function asegurarLibreta({ resultado }: Corrida, { client }: Persona): Promise<void> {
  const { me } = client.auth
  if (dataOf('GET /me/facturacion', await ask(me.facturacion.get())).datos.length > 0) {
    resultado.libreta.existentes++
    return
  }
  for (const direccion of direcciones) {
    dataOf('POST /me/direcciones', await ask(me.direcciones.post(direccion)))
  }
  dataOf('PUT /me/facturacion', await ask(me.facturacion.put({ datos: [estudio] })))
  resultado.libreta.creados++
}
