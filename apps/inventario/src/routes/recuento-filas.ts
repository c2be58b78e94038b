import { type CallContext, claveSku, renewed } from '@encargo/service-kit'
import {
  type ErroresImportacion,
  type FilaCsv,
  type FormatoCsv,
  leerCsv,
  leerEntero,
  maxFilasCsv,
  validadorDeFilas,
} from '@encargo/service-kit/csv'
import { porPregunta, type ProductoNombrado, type ProductosClient } from '../clients.ts'
import { type ColumnaRecuento, columnasRecuento, type FilaRecuento } from '../domain/recuento.ts'
import { FilaRecuentoLeida } from './schemas.ts'

function falta(presentes: ReadonlySet<ColumnaRecuento>): string | undefined {
  if (!presentes.has('sku') && !presentes.has('productoId')) {
    return 'falta la columna sku o productoId'
  }
  if (!presentes.has('fisico') && !presentes.has('umbralMinimo')) {
    return 'falta la columna fisico o umbralMinimo'
  }
  return undefined
}

const formato: FormatoCsv<ColumnaRecuento> = {
  columnas: columnasRecuento,
  falta,
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
    errores.anotar(fila, columna, leido.mensaje)
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
      errores.anotar(fila, null, 'no dice de qué producto es: falta sku o productoId')
    } else {
      filas.push({ fila, sku, productoId, fisico, umbralMinimo, motivo })
    }
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
  productos: ProductosClient,
  call: CallContext,
): Promise<Conocidos> {
  const ids = [...new Set(filas.flatMap(({ productoId }) => productoId ?? []))]
  const sinId = filas.flatMap(({ productoId, sku }) => (productoId === null && sku ? [sku] : []))
  const skus = new Map(sinId.map((sku) => [claveSku(sku), sku]))
  const porId = new Map<string, ProductoNombrado>()
  for (let from = 0; from < ids.length; from += porPregunta) {
    const some = await productos.porIds(ids.slice(from, from + porPregunta), call)
    for (const one of some) porId.set(one.id, one)
  }
  const nombrados = await productos.porSkus([...skus.values()], call)
  return { porId, porSku: new Map(nombrados.map((one) => [claveSku(one.sku), one])) }
}

function productoDe(
  { fila, productoId, sku }: FilaLeida,
  { porId, porSku }: Conocidos,
  errores: ErroresImportacion,
): ProductoNombrado | undefined {
  const producto = productoId === null ? porSku.get(claveSku(sku ?? '')) : porId.get(productoId)
  if (!producto) {
    if (productoId !== null) errores.anotar(fila, 'productoId', 'no es de ningún producto')
    else
      errores.anotar(
        fila,
        'sku',
        'no es de ningún producto a la venta; usa productoId para uno archivado',
      )
  } else if (sku !== null && claveSku(sku) !== claveSku(producto.sku)) {
    errores.anotar(fila, 'sku', `no es el de ese productoId, que es ${producto.sku}`)
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
  productos: ProductosClient,
  call: CallContext,
  errores: ErroresImportacion,
): Promise<FilaRecuento[]> {
  const leidas = await leerFilas(source, errores)
  // How long the file took to arrive was not up to us.
  const conocidos = await conocidosDe(leidas, productos, renewed(call))
  const lineaDe = new Map<string, number>()
  return leidas.flatMap((leida) => {
    const producto = productoDe(leida, conocidos, errores)
    if (!producto) return []
    const primera = lineaDe.get(producto.id)
    if (primera !== undefined) {
      const columna = leida.productoId === null ? 'sku' : 'productoId'
      errores.anotar(
        leida.fila,
        columna,
        `su producto está también en la fila ${primera}; va una vez`,
      )
      return []
    }
    lineaDe.set(producto.id, leida.fila)
    return [{ ...leida, productoId: producto.id, sku: producto.sku }]
  })
}
