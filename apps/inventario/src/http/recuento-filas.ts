import { type CallContext, renewed } from '@encargo/service-kit/peer/call-context'
import { claveSku } from '@encargo/service-kit/values/sku'
import type { ErroresImportacion } from '@encargo/csv/errores'
import { type FilaCsv, leerCsv } from '@encargo/csv/leer'
import type { FormatoCsv } from '@encargo/csv/cabecera'
import { leerControl } from '@encargo/csv/control'
import { leerEntero, reparoSkuAbreviado } from '@encargo/csv/celdas'
import { maxFilasCsv } from '@encargo/csv/limites'
import { validadorDeFilas } from '@encargo/csv/validar'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import { porPregunta, type ProductoNombrado, type Catalogo } from '../ports.ts'
import {
  type ColumnaRecuento,
  columnasControladas,
  columnasRecuento,
  type FilaRecuento,
} from '../domain/recuento.ts'
import { FilaRecuentoLeida } from './schemas.ts'

/** Of each of these a file needs one. */
const necesarias: readonly (readonly ColumnaRecuento[])[] = [
  ['sku', 'productoId'],
  ['fisico', 'umbralMinimo'],
]

const formato: FormatoCsv<ColumnaRecuento> = {
  columnas: columnasRecuento,
  falta: (presentes) => necesarias.find((unas) => !unas.some((una) => presentes.has(una))),
  maxFilas: maxFilasCsv,
}
const comoFila = validadorDeFilas(FilaRecuentoLeida)

/** A row as it was read: its product is named, and not yet known. */
interface FilaLeida extends Omit<FilaRecuento, 'productoId' | 'sku'> {
  readonly productoId: string | null
  readonly sku: string | null
}

/** What the cells say; without those that are empty, or say nothing, which is noted. */
function valoresDe(
  { fila, celdas }: FilaCsv<ColumnaRecuento>,
  errores: ErroresImportacion,
): Record<string, unknown> {
  const texto = (columna: 'sku' | 'productoId' | 'motivo') => {
    const celda = celdas[columna]?.trim() ?? ''
    return celda === '' ? {} : { [columna]: celda }
  }
  const entero = (columna: 'fisico' | 'umbralMinimo') => {
    const celda = celdas[columna]?.trim() ?? ''
    if (celda === '') return {}
    const leido = leerEntero(celda)
    if (leido.ok) return { [columna]: leido.valor }
    errores.anotar(fila, columna, leido)
    return {}
  }
  return {
    ...texto('sku'),
    ...texto('productoId'),
    ...texto('motivo'),
    ...entero('fisico'),
    ...entero('umbralMinimo'),
  }
}

/** The rows of a file of stock, by the rules of its JSON routes; what is wrong goes to `errores`. */
async function leerFilas(
  source: AsyncIterable<Uint8Array>,
  errores: ErroresImportacion,
): Promise<FilaLeida[]> {
  const filas: FilaLeida[] = []
  for await (const leida of leerCsv(source, formato, errores)) {
    const { fila } = leida
    const antes = errores.total
    const valores = valoresDe(leida, errores)
    if (!comoFila(fila, valores, errores) || errores.total > antes) continue
    const { sku = null, fisico = null, umbralMinimo = null, motivo = null } = valores
    const productoId = valores.productoId?.toLowerCase() ?? null
    if (sku === null && productoId === null) {
      const mensaje = 'no dice de qué producto es: falta sku o productoId'
      errores.anotar(fila, null, { mensaje, regla: 'sin-producto' })
      continue
    }
    const control = leerControl(leida.celdas.control ?? '', columnasControladas)
    if (!control.ok) errores.anotar(fila, 'control', control)
    else
      filas.push({ fila, sku, productoId, fisico, umbralMinimo, motivo, exportada: control.valor })
  }
  return filas
}

interface Conocidos {
  readonly porId: ReadonlyMap<string, ProductoNombrado>
  readonly porSku: ReadonlyMap<string, ProductoNombrado>
}

/** The products that the rows name, asked for as few times as it takes. */
async function conocidosDe(
  filas: readonly FilaLeida[],
  catalogo: Catalogo,
  call: CallContext,
): Promise<Conocidos> {
  const ids = [...new Set(filas.flatMap(({ productoId }) => productoId ?? []))]
  const sinId = filas.flatMap(({ productoId, sku }) => (productoId === null && sku ? [sku] : []))
  const skus = new Map(sinId.map((sku) => [claveSku(sku), sku]))
  const porId = new Map<string, ProductoNombrado>()
  for (let from = 0; from < ids.length; from += porPregunta) {
    const some = await catalogo.porIds(ids.slice(from, from + porPregunta), call)
    for (const one of some) porId.set(one.id, one)
  }
  const nombrados = await catalogo.porSkus([...skus.values()], call)
  return { porId, porSku: new Map(nombrados.map((one) => [claveSku(one.sku), one])) }
}

function desconocido({ sku, productoId }: FilaLeida): Reparo {
  if (productoId !== null) {
    return { mensaje: 'no es de ningún producto', regla: 'producto-desconocido' }
  }
  const mensaje = 'no es de ningún producto a la venta; usa productoId para uno archivado'
  return reparoSkuAbreviado(sku ?? '') ?? { mensaje, regla: 'sku-desconocido' }
}

function productoDe(
  leida: FilaLeida,
  { porId, porSku }: Conocidos,
  errores: ErroresImportacion,
): ProductoNombrado | undefined {
  const { fila, productoId, sku, exportada } = leida
  const producto = productoId === null ? porSku.get(claveSku(sku ?? '')) : porId.get(productoId)
  if (!producto) {
    errores.anotar(fila, productoId === null ? 'sku' : 'productoId', desconocido(leida))
  } else if (sku !== null && claveSku(sku) !== claveSku(producto.sku)) {
    const { sku: dato } = producto
    const mensaje = `no es el de ese productoId, que es ${dato}`
    errores.anotar(fila, 'sku', { mensaje, regla: 'sku-distinto', dato })
    return undefined
  } else if (exportada && exportada.id !== producto.id) {
    const mensaje = 'es la de otro producto; deja cada fila con la suya, o vacíala'
    errores.anotar(fila, 'control', { mensaje, regla: 'control' })
    return undefined
  }
  return producto
}

/**
 * The rows of a file of stock with the products that they are of. `errores` gets what is wrong, also
 * a product that is there twice.
 * @throws PeerUnavailableError when productos can't be asked
 */
export async function leerRecuento(
  source: AsyncIterable<Uint8Array>,
  catalogo: Catalogo,
  call: CallContext,
  errores: ErroresImportacion,
): Promise<FilaRecuento[]> {
  const leidas = await leerFilas(source, errores)
  // How long the file took to arrive was not up to us.
  const conocidos = await conocidosDe(leidas, catalogo, renewed(call))
  const lineaDe = new Map<string, number>()
  return leidas.flatMap((leida) => {
    const producto = productoDe(leida, conocidos, errores)
    if (!producto) return []
    const primera = lineaDe.get(producto.id)
    if (primera !== undefined) {
      const columna = leida.productoId === null ? 'sku' : 'productoId'
      errores.anotar(leida.fila, columna, {
        mensaje: `su producto está también en la fila ${primera}; va una vez`,
        regla: 'fila-repetida',
        limite: primera,
      })
      return []
    }
    lineaDe.set(producto.id, leida.fila)
    return [{ ...leida, productoId: producto.id, sku: producto.sku }]
  })
}
