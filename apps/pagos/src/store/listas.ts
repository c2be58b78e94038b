import { type Engine, list, statement } from '@encargo/storage'
import type { Cobro } from '../domain/cobro.ts'
import type { Aviso, Evento, ListasStore, ReembolsoVisto } from '../ports/cobros.ts'
import type { Reembolso } from '../domain/reembolso.ts'
import { columnasAviso } from './avisos-sql.ts'
import { columnasCobro, type FilaCobro, type FilaReembolso } from './filas.ts'
import { aVisto, columnas as columnasReembolso } from './reembolsos.ts'

// The lists, each by keyset along an index, with one row more than asked for.

type FilaEvento = Omit<Evento, 'datos'> & { readonly datos: string }
type FilaVista = FilaReembolso & Omit<ReembolsoVisto, keyof Reembolso>

/** More of one order than anybody makes. */
const maxDePedido = 200

const cobros = list<FilaCobro>(`SELECT ${columnasCobro} FROM cobros`, 'ORDER BY n DESC LIMIT ?')
const eventos = list<FilaEvento>(
  'SELECT secuencia, tipo, sujeto, datos, en FROM eventos',
  'ORDER BY secuencia LIMIT ?',
)
const reembolsos = list<FilaVista>(
  `SELECT ${columnasReembolso} FROM reembolsos r JOIN cobros c ON c.n = r.cobro_n`,
  'ORDER BY r.desde, r.id LIMIT ?',
)
const avisos = list<Aviso>(
  `SELECT ${columnasAviso} FROM avisos`,
  'ORDER BY recibido_en DESC, proveedor DESC, evento_id DESC LIMIT ?',
)

export const sentencias = {
  dePedido: statement<Cobro, [pedidoId: string, limite: number]>(
    `SELECT ${columnasCobro} FROM cobros WHERE pedido_id = ?1 ORDER BY n LIMIT ?2`,
  ),
}

type Lista<Metodo extends 'cobros' | 'reembolsos' | 'avisos' | 'eventos'> = Parameters<
  ListasStore[Metodo]
>[0]

export const pedirCobros = ({ estado, antesDe, limite }: Lista<'cobros'>) =>
  cobros(
    [
      estado === undefined ? undefined : ['estado = ?', estado],
      antesDe === undefined ? undefined : ['n < ?', antesDe],
    ],
    limite + 1,
  )

export function pedirReembolsos({ estado, despuesDe, limite }: Lista<'reembolsos'>) {
  const donde = despuesDe && (['(r.desde, r.id) > (?, ?)', ...despuesDe] as const)
  return reembolsos([['r.estado = ?', estado], donde], limite + 1)
}

export function pedirAvisos({ estado, antesDe, limite }: Lista<'avisos'>) {
  const lugar = '(recibido_en, proveedor, evento_id) < (?, ?, ?)'
  return avisos([['estado = ?', estado], antesDe && ([lugar, ...antesDe] as const)], limite + 1)
}

export function pedirEventos({ despuesDe, tipos, limite }: Lista<'eventos'>) {
  const deTipos =
    tipos && (['tipo IN (SELECT value FROM json_each(?))', JSON.stringify(tipos)] as const)
  return eventos([['secuencia > ?', despuesDe], deTipos], limite + 1)
}

export function createListas(engine: Engine): ListasStore {
  engine.prepare(...Object.values(sentencias))
  return {
    cobrosDe: (pedidoId) => engine.ask(sentencias.dePedido.all(pedidoId, maxDePedido)),
    cobros: (lista) => engine.ask(pedirCobros(lista)),
    reembolsos: async (lista) => (await engine.ask(pedirReembolsos(lista))).map(aVisto),
    avisos: (lista) => engine.ask(pedirAvisos(lista)),
    async eventos(lista) {
      const filas = await engine.ask(pedirEventos(lista))
      // Written by this store, from what it is read as.
      return filas.map((fila) => ({ ...fila, datos: JSON.parse(fila.datos) as Evento['datos'] }))
    },
  }
}
