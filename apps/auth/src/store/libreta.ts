import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import { type Asked, type Engine, type Script, statement } from '@encargo/storage'
import {
  type Direccion,
  direccionDe,
  type DireccionGuardada,
  direccionesMaximas,
} from '../domain/libreta.ts'
import type {
  Anadida,
  Cambiada,
  CambioDireccion,
  LibretaStore,
  NuevaDireccion,
  Titular,
} from '../ports/libreta.ts'
import { mayAct } from './actor.ts'

interface Fila {
  readonly id: string
  readonly predeterminada: number
  readonly datos: string
}

const lista = statement<Fila, [usuarioId: string]>(
  `SELECT id, predeterminada, datos FROM direcciones WHERE usuario_id = ?1
   ORDER BY predeterminada DESC, id`,
)
const insertar = statement<
  never,
  [id: string, usuarioId: string, predeterminada: number, datos: string]
>('INSERT INTO direcciones (id, usuario_id, predeterminada, datos) VALUES (?1, ?2, ?3, ?4)')
const cambiar = statement<never, [id: string, predeterminada: number, datos: string]>(
  'UPDATE direcciones SET predeterminada = ?2, datos = ?3 WHERE id = ?1',
)
const ninguna = statement<never, [usuarioId: string]>(
  'UPDATE direcciones SET predeterminada = 0 WHERE usuario_id = ?1 AND predeterminada = 1',
)
const quitar = statement<{ predeterminada: number }, [usuarioId: string, id: string]>(
  'DELETE FROM direcciones WHERE usuario_id = ?1 AND id = ?2 RETURNING predeterminada',
)
const primera = statement<never, [usuarioId: string]>(
  `UPDATE direcciones SET predeterminada = 1
   WHERE id = (SELECT min(id) FROM direcciones WHERE usuario_id = ?1)`,
)
const facturaciones = statement<{ datos: string }, [usuarioId: string]>(
  'SELECT datos FROM facturaciones WHERE usuario_id = ?1',
)
const poner = statement<never, [usuarioId: string, datos: string]>(
  `INSERT INTO facturaciones (usuario_id, datos) VALUES (?1, ?2)
   ON CONFLICT (usuario_id) DO UPDATE SET datos = excluded.datos`,
)
const borrarDirecciones = statement<never, [usuarioId: string]>(
  'DELETE FROM direcciones WHERE usuario_id = ?1',
)
const borrarFacturaciones = statement<never, [usuarioId: string]>(
  'DELETE FROM facturaciones WHERE usuario_id = ?1',
)

/** All that somebody kept is gone. */
export const olvidarLibreta = (usuarioId: string): readonly Asked<number>[] =>
  [borrarDirecciones, borrarFacturaciones].map((borrar) => borrar.run(usuarioId))

// Both wrote what they read here: the JSON of those types.
const deDatos = (datos: string): Direccion => JSON.parse(datos)
const guardadas = (filas: readonly Fila[]): DireccionGuardada[] =>
  filas.map(({ id, predeterminada, datos }) => ({
    id,
    predeterminada: predeterminada === 1,
    ...deDatos(datos),
  }))
const facturacionesDe = (fila: { datos: string } | undefined): readonly Facturacion[] =>
  fila === undefined ? [] : JSON.parse(fila.datos)

const isOpen = (de: Titular): Script<boolean> => mayAct({ como: 'propio', ...de })

function* add({ de, id, direccion, predeterminada }: NuevaDireccion): Script<Anadida> {
  if (!(yield* isOpen(de))) return { tipo: 'sin-cuenta' }
  const filas = yield* lista.all(de.id)
  const datos = JSON.stringify(direccion)
  const same = guardadas(filas.filter((fila) => fila.datos === datos)).at(0)
  if (same) return { tipo: 'ya-estaba', direccion: same }
  if (filas.length >= direccionesMaximas) return { tipo: 'llena' }
  const es = predeterminada || filas.length === 0
  if (es) yield* ninguna.run(de.id)
  yield* insertar.run(id, de.id, Number(es), datos)
  return { tipo: 'anadida', direccion: { id, predeterminada: es, ...direccion } }
}

function* change({ de, id, cambios, predeterminada }: CambioDireccion): Script<Cambiada> {
  if (!(yield* isOpen(de))) return { tipo: 'sin-cuenta' }
  const found = guardadas(yield* lista.all(de.id)).find((una) => una.id === id)
  if (!found) return { tipo: 'no-encontrada' }
  const given = Object.entries(cambios).filter(([, valor]) => valor !== undefined)
  const direccion = direccionDe({ ...found, ...Object.fromEntries(given) })
  const es = predeterminada || found.predeterminada
  if (es) yield* ninguna.run(de.id)
  yield* cambiar.run(id, Number(es), JSON.stringify(direccion))
  return { tipo: 'cambiada', direccion: { id, predeterminada: es, ...direccion } }
}

export function createLibretaStore(engine: Engine): LibretaStore {
  return {
    direcciones: async (usuarioId) => guardadas(await engine.ask(lista.all(usuarioId))),
    anadir: (nueva) => engine.write(() => add(nueva)),
    cambiar: (cambio) => engine.write(() => change(cambio)),
    quitar: ({ de, id }) =>
      engine.write(function* () {
        if (!(yield* isOpen(de))) return 'sin-cuenta'
        const gone = yield* quitar.get(de.id, id)
        if (gone?.predeterminada === 1) yield* primera.run(de.id)
        return 'quitada'
      }),
    facturaciones: async (usuarioId) =>
      facturacionesDe(await engine.ask(facturaciones.get(usuarioId))),
    ponerFacturaciones: ({ de, facturaciones: nuevas }) =>
      engine.write(function* () {
        if (!(yield* isOpen(de))) return 'sin-cuenta'
        yield* poner.run(de.id, JSON.stringify(nuevas))
        return 'puestas'
      }),
  }
}
