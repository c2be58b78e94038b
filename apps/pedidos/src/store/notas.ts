import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Nota } from '../domain/nota.ts'
import type { Anotacion, Anotada, CajaStore } from '../ports/caja.ts'
import { deVarios } from './lectura.ts'
import { sentencias as marcha } from './marcha.ts'

const columnas = 'id, texto, actor, en'
const ultimo = Number.MAX_SAFE_INTEGER

export const sentencias = {
  notas: statement<Nota, [numero: number, antesDe: number, limite: number]>(
    `SELECT ${columnas} FROM pedido_notas WHERE numero = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3`,
  ),
  anotar: statement<Nota, [numero: number, texto: string, actor: string, en: number]>({
    sqlite: `INSERT INTO pedido_notas (numero, texto, actor, en) VALUES (?1, ?2, ?3, ?4)
      RETURNING ${columnas}`,
    postgres: `INSERT INTO pedido_notas (id, numero, texto, actor, en)
      VALUES ((SELECT coalesce(max(id), 0) + 1 FROM pedido_notas), ?1, ?2, ?3, ?4) RETURNING ${columnas}`,
  }),
}

/** With what is personal of their orders' customers. */
export const borrarNotas = statement<never, [numeros: string]>(
  `DELETE FROM pedido_notas WHERE ${deVarios}`,
)

function* anotar({ numero, texto, actor, ahora }: Anotacion): Script<Anotada> {
  const [borrado, [antes]] = yield* together(
    marcha.borrado.get(numero),
    sentencias.notas.all(numero, ultimo, 1),
  )
  if (borrado) return { tipo: 'cliente-borrado' }
  // Who got no answer says it again.
  if (antes?.texto === texto && antes.actor === actor) return { tipo: 'repetida', nota: antes }
  const nota = yield* sentencias.anotar.get(numero, texto, actor, ahora)
  if (!nota) throw new Error('a note was not kept')
  return { tipo: 'anotada', nota }
}

/** What staff tell each other of an order. */
export function createNotas(engine: Engine): Pick<CajaStore, 'anotar' | 'notas'> {
  engine.prepare(...Object.values(sentencias), borrarNotas)
  return {
    anotar: (anotacion) => engine.write(() => anotar(anotacion)),
    notas: ({ numero, antesDe = ultimo, limite }) =>
      engine.ask(sentencias.notas.all(numero, antesDe, limite + 1)),
  }
}
