import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDeImpuesto } from '../domain/auditoria.ts'
import {
  type CambioImpuesto,
  claseGeneral,
  empiezaEn,
  esIgual,
  type Impuesto,
  maxClases,
} from '../domain/impuesto.ts'
import type { Autoria } from '../domain/producto.ts'
import type { ImpuestoPuesto, ProductosStore } from '../ports.ts'

const columnas = 'codigo, desde, nombre, tasa, modo'

/** Of these classes, those that are there, whether or not they have begun. */
export const clases = statement<{ codigo: string }, [codigos: string]>(
  `SELECT DISTINCT codigo FROM impuestos WHERE codigo IN (SELECT value FROM json_each(?1))`,
)
const alguna = statement<{ codigo: string }, [codigo: string]>(
  'SELECT codigo FROM impuestos WHERE codigo = ?1 LIMIT 1',
)
const cuantas = statement<{ clases: number }, []>(
  'SELECT count(DISTINCT codigo) AS clases FROM impuestos',
)
/** What holds at a moment, of each class. */
export const vigentes = statement<Impuesto, [ahora: number]>(
  `SELECT ${columnas} FROM impuestos i WHERE desde = (
     SELECT max(v.desde) FROM impuestos v WHERE v.codigo = i.codigo AND v.desde <= ?1)
   ORDER BY codigo`,
)
const todos = statement<Impuesto, [limite: number]>(
  `SELECT ${columnas} FROM impuestos ORDER BY desde DESC, codigo LIMIT ?1`,
)
const enVigor = statement<Impuesto, [codigo: string, ahora: number]>(
  `SELECT ${columnas} FROM impuestos WHERE codigo = ?1 AND desde <= ?2 ORDER BY desde DESC LIMIT 1`,
)
const en = statement<Impuesto, [codigo: string, desde: number]>(
  `SELECT ${columnas} FROM impuestos WHERE codigo = ?1 AND desde = ?2`,
)
const escribir = statement<
  never,
  [codigo: string, desde: number, nombre: string, tasa: number, modo: string, escritoEn: number]
>(
  `INSERT INTO impuestos (codigo, desde, nombre, tasa, modo, escrito_en)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
   ON CONFLICT (codigo, desde) DO UPDATE SET nombre = excluded.nombre, tasa = excluded.tasa,
     modo = excluded.modo, escrito_en = excluded.escrito_en`,
)

/** Whether it names a class that is not there; the general one always is. */
export function* faltaClase(codigo: string | undefined): Script<boolean> {
  if (codigo === undefined || codigo === claseGeneral) return false
  return (yield* alguna.get(codigo)) === undefined
}

function* poner(cambio: CambioImpuesto, autoria: Autoria): Script<ImpuestoPuesto> {
  const { codigo, nombre, tasa, modo } = cambio
  const { ahora } = autoria
  const vigente = yield* enVigor.get(codigo, ahora)
  if (cambio.desde === undefined && vigente && esIgual(vigente, cambio)) {
    return { tipo: 'guardado', impuesto: vigente }
  }
  const desde = empiezaEn(cambio, vigente, ahora)
  const anterior = yield* en.get(codigo, desde)
  if (anterior && esIgual(anterior, cambio)) return { tipo: 'guardado', impuesto: anterior }
  if (desde < ahora || (anterior && desde === ahora)) return { tipo: 'ya-empezado' }
  if (!anterior && (yield* faltaClase(codigo))) {
    const hay = yield* cuantas.get()
    if (hay && hay.clases >= maxClases) return { tipo: 'demasiados' }
  }
  yield* escribir.run(codigo, desde, nombre, tasa, modo, ahora)
  const impuesto = { codigo, desde, nombre, tasa, modo }
  yield* apuntar(apunteDeImpuesto(anterior ?? vigente, impuesto, autoria))
  return { tipo: 'guardado', impuesto }
}

/** The classes of tax, with what they were and will be. */
export const impuestos = (
  engine: Engine,
): Pick<ProductosStore, 'impuestos' | 'historialImpuestos' | 'ponerImpuesto'> => ({
  impuestos: (ahora) => engine.ask(vigentes.all(ahora)),
  historialImpuestos: (limite) => engine.ask(todos.all(limite)),
  ponerImpuesto: (cambio, autoria) => engine.write(() => poner(cambio, autoria)),
})
