import { ask, type Pedido } from '@encargo/client'
import { dataOf } from './answers.ts'
import type { BancoDemo } from './banco.ts'
import type { Corrida, Persona } from './corrida.ts'
import { metodosPago, type PagoDemo } from './pagos.ts'

/** The ways to pay, as the admin. One that has a code of theirs is somebody's, whatever it says by now. */
export async function asegurarMetodosPago({ admin, resultado }: Corrida, { client }: Persona) {
  const { venta } = resultado
  const todos = dataOf('GET /metodos-pago', await ask(client.pagos['metodos-pago'].todos.get()))
  const codigos = new Set(todos.datos.map(({ codigo }) => codigo))
  for (const { codigo, ...metodo } of metodosPago) {
    if (codigos.has(codigo)) {
      venta.existentes++
      continue
    }
    const { pagos } = (await admin()).client
    dataOf('PUT /metodos-pago/:codigo', await ask(pagos['metodos-pago']({ codigo }).put(metodo)))
    venta.creados++
  }
}

export interface PorPagar {
  readonly banco: BancoDemo
  readonly operador: Persona
  readonly pago: PagoDemo
  /** The same in every run. */
  readonly clave: string
}

/** Brings an order's payment to where it is to stand from wherever a crash left it. */
export async function asegurarPago(
  { banco, operador, pago, clave }: PorPagar,
  pedido: Pick<Pedido, 'id' | 'estado' | 'pago'>,
): Promise<void> {
  const { metodo, enElBanco = [], recibido } = pago
  if (pedido.estado !== 'Pendiente' || (enElBanco.length === 0 && !recibido)) return
  const { cobros } = operador.client.pagos
  const headers = { 'idempotency-key': clave }
  const [hecho] = pedido.pago.cobros
  if (recibido) {
    if (hecho) return
    const { importe, referencia } = recibido
    const body = { pedidoId: pedido.id, metodo, captura: { referencia } }
    const parte = importe === undefined ? {} : { importe }
    dataOf('POST /cobros', await ask(cobros.post({ ...body, ...parte }, { headers })))
    return
  }
  const [paso, ...luego] = enElBanco
  if (paso && (!hecho || hecho.estado === 'creado' || hecho.estado === 'abierto')) {
    const body = { pedidoId: pedido.id, metodo }
    const { id } = hecho ?? dataOf('POST /cobros', await ask(cobros.post(body, { headers })))
    banco.ocurre(id, paso)
    // The order is to know it before it goes on.
    dataOf('POST /cobros/:id/consultar', await ask(cobros({ id }).consultar.post({})))
    for (const que of luego) banco.ocurre(id, que)
  } else if (hecho && pedido.pago.enDisputa === 0) {
    for (const que of luego) banco.ocurre(hecho.id, que)
  }
}
