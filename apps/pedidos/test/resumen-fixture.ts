import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'

/** One change of an order, with what the order is about. */
interface Suceso {
  readonly numero: number
  readonly estado: string
  readonly tipo: string | null
  readonly en: number
  readonly total: number
  readonly datos: string | null
}

interface LineaSuelta {
  readonly numero: number
  readonly productoId: string
  readonly sku: string
  readonly nombre: string
  readonly cantidad: number
  readonly precioUnitario: number
  readonly descuento: number
}

/** What a clock on the wall of that zone calls the day; by another way than the service's own. */
export function diaDe(ms: number, zona: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zona,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}

const vacia = () => ({ pedidos: 0, completados: 0, cancelados: 0, ingresos: 0, abonado: 0 })

const porUnidades = (
  a: { unidades: number; ingresos: number },
  b: { unidades: number; ingresos: number },
) => b.unidades - a.unidades || b.ingresos - a.ingresos

/** The summary of those days, counted order by order from the history and the lines. */
export async function recuento(
  engine: Engine,
  zona: string,
  span: { desde: string; hasta: string },
) {
  const sucesos = await rows<Suceso>(
    engine,
    `SELECT e.numero, e.estado, e.tipo, e.en, e.datos, p.total
       FROM pedido_eventos e JOIN pedidos p USING (numero) ORDER BY e.secuencia`,
  )
  const lineas = await rows<LineaSuelta>(
    engine,
    `SELECT numero, producto_id AS "productoId", sku, nombre, cantidad,
         precio_unitario AS "precioUnitario", coalesce(descuento, 0) AS descuento
       FROM pedido_lineas ORDER BY numero, posicion`,
  )
  const dentro = (dia: string) => dia >= span.desde && dia <= span.hasta
  const porDia = new Map<
    string,
    Record<'pedidos' | 'completados' | 'cancelados' | 'ingresos' | 'abonado', number>
  >()
  const vendidos = new Map<string, { unidades: number; ingresos: number }>()
  const nombres = new Map<string, { sku: string; nombre: string; numero: number }>()
  /** What was given up of each order, and what of that counts already. */
  const abonado = new Map<number, number>()
  const contado = new Map<number, number>()
  for (const { numero, estado, tipo, en, total, datos } of sucesos) {
    if (tipo === 'pedido.abonado') {
      const { importe } = JSON.parse(datos ?? '{}') as { importe: number }
      abonado.set(numero, (abonado.get(numero) ?? 0) + importe)
    } else if (tipo === 'pedido.anulado') abonado.set(numero, total)
    else if (tipo !== null) continue
    const dia = diaDe(en, zona)
    const cuenta = porDia.get(dia) ?? vacia()
    porDia.set(dia, cuenta)
    if (estado === 'Pendiente' && tipo === null) cuenta.pedidos++
    if (estado === 'Cancelado' && tipo === null) cuenta.cancelados++
    if (estado !== 'Completado') continue
    const signo = tipo === null ? 1 : -1
    if (tipo === null) {
      cuenta.completados++
      cuenta.ingresos += total
    }
    cuenta.abonado += (abonado.get(numero) ?? 0) - (contado.get(numero) ?? 0)
    contado.set(numero, abonado.get(numero) ?? 0)
    if (tipo === 'pedido.abonado') continue
    for (const linea of lineas.filter((una) => una.numero === numero)) {
      const { productoId, sku, nombre, cantidad, precioUnitario, descuento } = linea
      const conocido = nombres.get(productoId)
      if (!conocido || conocido.numero < numero) nombres.set(productoId, { sku, nombre, numero })
      if (!dentro(dia)) continue
      const uno = vendidos.get(productoId) ?? { unidades: 0, ingresos: 0 }
      uno.unidades += signo * cantidad
      uno.ingresos += signo * (cantidad * precioUnitario - descuento)
      vendidos.set(productoId, uno)
    }
  }
  const masVendidos = [...vendidos]
    .filter(([, { unidades }]) => unidades > 0)
    .map(([productoId, cuanto]) => {
      const { sku = '', nombre = '' } = nombres.get(productoId) ?? {}
      return { productoId, sku, nombre, ...cuanto }
    })
    .toSorted(porUnidades)
  const pendientes = (await rows(engine, "SELECT 1 FROM pedidos WHERE estado = 'Pendiente'")).length
  const llenos = [...porDia]
    .filter(([dia]) => dentro(dia))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([dia, cuenta]) => ({ dia, ...cuenta }))
  return { pendientes, llenos, masVendidos }
}
