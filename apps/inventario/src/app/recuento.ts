import type { ErroresImportacion } from '@encargo/csv/errores'
import { reparoSkuAbreviado } from '@encargo/csv/celdas'
import type { Importado } from '@encargo/csv/importar'
import type { Clock } from '@encargo/service-kit/async/clock'
import { type CallContext, renewed } from '@encargo/service-kit/peer/call-context'
import type { Reparo } from '@encargo/service-kit/values/row-rules'
import { claveSku } from '@encargo/service-kit/values/sku'
import type { FilaRecontada, FilaRecuento } from '../domain/recuento.ts'
import type { Catalogo, ProductoNombrado, Recuento, RecuentoStore } from '../ports.ts'

/** A row as it was read: its product is named, by one or the other, and not yet known. */
export interface FilaLeida extends Omit<FilaRecuento, 'productoId' | 'sku'> {
  readonly productoId?: string | undefined
  readonly sku?: string | undefined
}

/** A file as far as it could be read. */
export interface ArchivoLeido {
  readonly filas: readonly FilaLeida[]
  readonly errores: ErroresImportacion
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
  const sinId = filas.flatMap(({ productoId, sku }) =>
    productoId === undefined && sku ? [sku] : [],
  )
  const skus = new Map(sinId.map((sku) => [claveSku(sku), sku]))
  const deIds = await catalogo.porIds(ids, call)
  const deSkus = await catalogo.porSkus([...skus.values()], call)
  return {
    porId: new Map(deIds.map((one) => [one.id, one])),
    porSku: new Map(deSkus.map((one) => [claveSku(one.sku), one])),
  }
}

function desconocido({ sku, productoId }: FilaLeida): Reparo {
  if (productoId !== undefined) {
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
  const producto =
    productoId === undefined ? porSku.get(claveSku(sku ?? '')) : porId.get(productoId)
  if (!producto) {
    errores.anotar(fila, productoId === undefined ? 'sku' : 'productoId', desconocido(leida))
  } else if (sku !== undefined && claveSku(sku) !== claveSku(producto.sku)) {
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

/** The rows with the products that they are of; those of none, or of one that is there twice, are wrong. */
async function identificar(
  { filas, errores }: ArchivoLeido,
  catalogo: Catalogo,
  call: CallContext,
): Promise<FilaRecuento[]> {
  // How long the file took to arrive was not up to us.
  const conocidos = await conocidosDe(filas, catalogo, renewed(call))
  const lineaDe = new Map<string, number>()
  return filas.flatMap((leida) => {
    const producto = productoDe(leida, conocidos, errores)
    if (!producto) return []
    const primera = lineaDe.get(producto.id)
    if (primera !== undefined) {
      const columna = leida.productoId === undefined ? 'sku' : 'productoId'
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

export interface RecuentoDeps {
  readonly store: RecuentoStore
  readonly catalogo: Catalogo
  readonly clock: Pick<Clock, 'epochMs'>
}

export interface PeticionRecuento extends Omit<Recuento, 'filas' | 'ahora'> {
  readonly simulada: boolean
}

export type ResultadoRecuento =
  | (Importado<FilaRecontada> & { readonly repetida?: boolean })
  /** Its key was another file's. */
  | { readonly tipo: 'distinta' }

/**
 * Counts what a file says was counted, or tells what that would do.
 * @throws PeerUnavailableError when the catalogue can't be asked
 */
export async function importarRecuento(
  { store, catalogo, clock }: RecuentoDeps,
  leido: ArchivoLeido,
  { simulada, ...peticion }: PeticionRecuento,
  call: CallContext,
): Promise<ResultadoRecuento> {
  const { errores } = leido
  const filas = await identificar(leido, catalogo, call)
  const recuento = { ...peticion, filas, ahora: clock.epochMs() }
  // With a wrong row already, the others are still held to the stock for theirs.
  if (simulada || errores.total > 0) {
    const visto = await store.simular(recuento)
    if (visto.tipo === 'rechazada') return { ...visto, errores: errores.con(visto.errores) }
    return errores.total > 0 ? { tipo: 'rechazada', errores } : visto
  }
  const escrito = await store.importar(recuento)
  if (escrito.tipo === 'distinta') return escrito
  return { ...escrito.respuesta, repetida: escrito.tipo === 'repetida' }
}
