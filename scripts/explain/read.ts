import type { Database } from 'bun:sqlite'
import { lookAt } from '@encargo/storage'
import type { HistoriaPedido } from '../../apps/pedidos/src/domain/explicacion.ts'
import { historiaDe } from '../../apps/pedidos/src/store/lectura.ts'
import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import { type Money, readMoney } from './money.ts'
import type { Pair } from '../audit/judge.ts'

// Moments are milliseconds since the epoch.

export interface Held {
  /** Its own, which is the order's save where that has come to its stock once more. */
  readonly id: string
  readonly estado: EstadoReserva
  readonly expiraEn: number
  readonly creadaEn: number
  readonly cerradaEn: number | null
  readonly lineas: readonly { readonly productoId: string; readonly cantidad: number }[]
}

/** A line of the ledger: what the stock of a product was before and after. */
export interface Sale {
  readonly productoId: string
  readonly cantidad: number
  readonly antes: number
  readonly despues: number
  readonly en: number
}

export interface Discard {
  readonly motivo: string
  readonly desde: number
  /** Attempts to let go of its reservation that failed; null once it is let go of. */
  readonly intentos: number | null
  /** Of the request that discarded it, until then. */
  readonly traza: string | null
}

/** Everything that the system has on record about one order. */
export interface Record {
  readonly id: string
  readonly historia: HistoriaPedido | null
  /** Whether it was asked for with an idempotency key, as far as that is still known. */
  readonly conClave: boolean
  /** All that it has had, the one that counts last. */
  readonly reservas: readonly Held[]
  readonly ventas: readonly Sale[]
  readonly descarte: Discard | null
  readonly dinero: Money
}

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The order that a person means by its number or id; undefined for neither. */
export function namedBy(
  named: string,
): { readonly id: string } | { readonly numero: number } | undefined {
  const text = named.trim().toLowerCase()
  if (uuid.test(text)) return { id: text }
  return /^[1-9]\d{0,14}$/.test(text) ? { numero: Number(text) } : undefined
}

/** The id of it; undefined where no order has that number. */
export function idOf(client: Database, named: string): string | undefined {
  const by = namedBy(named)
  if (by === undefined || 'id' in by) return by?.id
  const found = client
    .query<{ id: string }, [number]>('SELECT id FROM pedidos WHERE numero = ?')
    .get(by.numero)
  return found?.id
}

function heldFor(client: Database, id: string): Held[] {
  const lineas = client.query<Held['lineas'][number], [number]>(
    `SELECT producto_id AS productoId, cantidad FROM inv.reserva_lineas WHERE reserva_n = ?
     ORDER BY producto_id`,
  )
  return client
    .query<Omit<Held, 'lineas'> & { n: number }, [string]>(
      `SELECT n, pedido_id AS id, estado, expira_en AS expiraEn, creada_en AS creadaEn,
         cerrada_en AS cerradaEn
       FROM inv.reservas WHERE pedido_id = ?1 OR pedido = ?1 ORDER BY n`,
    )
    .all(id)
    .map(({ n, ...una }) => ({ ...una, lineas: lineas.all(n) }))
}

function salesFor(client: Database, id: string): Sale[] {
  return client
    .query<Sale, [string]>(
      `SELECT producto_id AS productoId, cantidad, fisico_resultante - cantidad AS antes,
         fisico_resultante AS despues, creado_en AS en
       FROM inv.movimientos WHERE pedido_id = ?1 AND tipo = 'VENTA' ORDER BY secuencia`,
    )
    .all(id)
}

/** What the audit judges an order by. */
export const currentOf = ({ reservas }: Record): Held | null => reservas.at(-1) ?? null

/** Null when nothing in the system knows this id. */
export function readRecord(client: Database, id: string): Record | null {
  const historia = lookAt(client, () => historiaDe(id)) ?? null
  const reservas = heldFor(client, id)
  const descarte = client
    .query<Discard, [string]>(
      `SELECT d.motivo, d.desde, o.intentos, o.traza FROM descartes d
       LEFT JOIN obligaciones o ON o.tipo = 'soltar-reserva' AND o.clave = d.id WHERE d.id = ?`,
    )
    .get(id)
  const dinero = readMoney(client, id)
  const nothing = reservas.length === 0 && dinero.cobros.length === 0
  if (!historia && nothing && !descarte) return null
  const clave = client
    .query<{ n: number }, [string]>(
      `SELECT EXISTS (SELECT 1 FROM pedidos p WHERE id = ? AND (sello IS NOT NULL
         OR EXISTS (SELECT 1 FROM idempotencia WHERE numero = p.numero))) AS n`,
    )
    .get(id)
  const ventas = salesFor(client, id)
  return { id, historia, conClave: clave?.n === 1, reservas, ventas, descarte, dinero }
}

/** The two sides, as the audit judges them. */
export function pairOf(record: Record): Pair {
  const { id, historia, descarte } = record
  const pedido = historia?.pedido
  const order = pedido && {
    estado: pedido.estado,
    intencion: pedido.intencion?.proposito ?? null,
    expiraEn: pedido.expiraEn,
    apartado: pedido.cobranza?.apartado ?? null,
    cobros: pedido.cobranza?.cobros.length ?? 0,
  }
  return { id, order: order ?? null, discarded: descarte !== null, reservation: currentOf(record) }
}

/** Who an actor is, in words: what auth knows of a user, or the name of a service. */
export function namesOf(client: Database) {
  const find = client.query<{ nombre: string | null; email: string | null; rol: string }, [string]>(
    'SELECT nombre, email, rol FROM auth.usuarios WHERE id = ?',
  )
  return (actor: string): string => {
    const user = find.get(actor)
    if (!user) return actor
    return user.nombre === null ? `an erased ${user.rol}` : `${user.nombre} (${user.rol})`
  }
}
