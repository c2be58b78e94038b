import { apuntar } from '@encargo/service-kit/audit/log'
import { type Script, together, type Value } from '@encargo/storage'
import { apunteDeCambio } from '../domain/auditoria.ts'
import { type Autoria, type Cambios, type DatosProducto, diferencia } from '../domain/producto.ts'
import type { Archivado, Edicion } from '../ports.ts'
import { columnasDe, reglasActuales } from './columnas.ts'
import { aProducto, type Fila } from './filas.ts'
import { deLote, porN } from './lote.ts'

/**
 * The first or next prices of products.
 * @param producto which one each row of `d` is of
 */
const nuevosPrecios = (
  columnas: readonly string[],
  filas: readonly (readonly Value[])[],
  producto: string,
  ...autoria: readonly [ahora: number, usuarioId: string, ...Value[]]
) =>
  deLote(
    columnas,
    filas,
    {
      antes: `INSERT INTO precios (n, producto_n, precio, desde, usuario_id)
        SELECT (SELECT coalesce(max(n), 0) FROM precios) + d.k, ${producto}, d.precio, ?2, ?3 FROM`,
      despues: 'ORDER BY d.k',
    },
    ...autoria,
  )

export interface PorCrear {
  readonly id: string
  readonly datos: DatosProducto
}

/** Writes new products, in this order, each with the first line of its history of prices. */
export function* insertar(altas: readonly PorCrear[], autoria: Autoria): Script<void> {
  const { ahora, usuarioId } = autoria
  const escritas = altas.map(({ id, datos }) => ({
    id,
    ...Object.fromEntries(columnasDe(datos, datos)),
    version: 1,
    creado_en: ahora,
    actualizado_en: ahora,
    reglas: reglasActuales,
  }))
  const [primera] = escritas
  if (!primera) return
  const columnas = Object.keys(primera)
  yield* together(
    deLote(
      columnas,
      escritas.map((una): Value[] => Object.values(una)),
      {
        antes: `INSERT INTO productos (n, ${columnas.join(', ')})
          SELECT (SELECT coalesce(max(n), 0) FROM productos) + d.k, d.${columnas.join(', d.')} FROM`,
        despues: 'ORDER BY d.k',
      },
    ),
    nuevosPrecios(
      ['precio'],
      altas.map(({ datos: { precio } }) => [precio]),
      // They are the last ones by then.
      '(SELECT max(n) FROM productos) - ?4 + d.k',
      ahora,
      usuarioId,
      altas.length,
    ),
  )
}

export interface PorCambiar {
  readonly fila: Fila
  /** What is different, and nothing else. */
  readonly cambios: Cambios
}

/**
 * Writes changes, of one product each, with the history of prices: just the columns that change, as one
 * that is not named wakes no trigger.
 */
export function* actualizar(porCambiar: readonly PorCambiar[], autoria: Autoria): Script<void> {
  if (porCambiar.length === 0) return
  const { ahora, usuarioId } = autoria
  const lotes = new Map<string, { columnas: string[]; filas: Value[][] }>()
  for (const { fila, cambios } of porCambiar) {
    const pares = columnasDe(cambios, { ...fila, ...cambios })
    const columnas = pares.map(([nombre]) => nombre)
    const lote = lotes.getOrInsertComputed(columnas.join(), () => ({ columnas, filas: [] }))
    lote.filas.push([fila.n, ...pares.map(([, valor]) => valor)])
  }
  const escritas = [...lotes.values()].map(({ columnas, filas }) =>
    deLote(
      ['n', ...columnas],
      filas,
      {
        antes: `UPDATE productos SET ${columnas.map((una) => `${una} = d.${una}`).join(', ')},
          version = version + 1, actualizado_en = ?2 FROM`,
        despues: porN,
      },
      ahora,
    ),
  )
  const precios = porCambiar.flatMap(({ fila: { n }, cambios: { precio } }) =>
    precio === undefined ? [] : [[n, precio]],
  )
  const hechas = yield* together(
    ...escritas,
    ...(precios.length === 0
      ? []
      : [nuevosPrecios(['n', 'precio'], precios, 'd.n', ahora, usuarioId)]),
  )
  const todas = hechas.slice(0, escritas.length).reduce((suma, una) => suma + una, 0)
  if (todas !== porCambiar.length) throw new Error('a product was changed and is not there')
}

/** Runs inside the write that read `fila`: the version that is checked is the one changed. */
export function* cambiar(fila: Fila, edicion: Edicion): Script<Archivado> {
  if (!edicion.admite(fila.version)) return { tipo: 'version-distinta' }
  const actual = aProducto(fila)
  const cambios = diferencia(actual, edicion.cambios)
  if (Object.keys(cambios).length === 0) return { tipo: 'guardado', producto: actual }
  yield* actualizar([{ fila, cambios }], edicion)
  yield* apuntar(apunteDeCambio(actual, cambios, edicion))
  const nueva = { version: fila.version + 1, actualizadoEn: edicion.ahora }
  return { tipo: 'guardado', producto: { ...actual, ...cambios, ...nueva } }
}
