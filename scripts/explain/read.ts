import type { Database } from 'bun:sqlite'
import { lookAt } from '@encargo/storage'
import type { HistoriaPedido } from '../../apps/pedidos/src/domain/explicacion.ts'
import { historiaDe } from '../../apps/pedidos/src/store/lectura.ts'
import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import type { Pair } from '../audit/judge.ts'

// Moments are milliseconds since the epoch.

export interface Held {
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
  readonly reserva: Held | null
  readonly ventas: readonly Sale[]
  readonly descarte: Discard | null
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

function heldFor(client: Database, id: string): Held | null {
  const reserva = client
    .query<Omit<Held, 'lineas'>, [string]>(
      `SELECT estado, expira_en AS expiraEn, creada_en AS creadaEn, cerrada_en AS cerradaEn
       FROM inv.reservas WHERE pedido_id = ?`,
    )
    .get(id)
  const lineas = client
    .query<Held['lineas'][number], [string]>(
      `SELECT producto_id AS productoId, cantidad FROM inv.reserva_lineas
       WHERE reserva_n = (SELECT n FROM inv.reservas WHERE pedido_id = ?) ORDER BY producto_id`,
    )
    .all(id)
  return reserva && { ...reserva, lineas }
}

/** By way of the products, as the ledger is found by those. */
function salesFor(client: Database, id: string): Sale[] {
  return client
    .query<Sale, [string]>(
      `SELECT m.producto_id AS productoId, m.cantidad, m.fisico_resultante - m.cantidad AS antes,
         m.fisico_resultante AS despues, m.creado_en AS en
       FROM inv.reservas r CROSS JOIN inv.reserva_lineas l ON l.reserva_n = r.n
         CROSS JOIN inv.movimientos m ON m.producto_id = l.producto_id
       WHERE r.pedido_id = ?1 AND m.pedido_id = ?1 ORDER BY m.secuencia`,
    )
    .all(id)
}

/** Null when nothing in the system knows this id. */
export function readRecord(client: Database, id: string): Record | null {
  const historia = lookAt(client, () => historiaDe(id)) ?? null
  const reserva = heldFor(client, id)
  const descarte = client
    .query<Discard, [string]>(
      `SELECT d.motivo, d.desde, o.intentos, o.traza FROM descartes d
       LEFT JOIN obligaciones o ON o.tipo = 'soltar-reserva' AND o.clave = d.id WHERE d.id = ?`,
    )
    .get(id)
  if (!historia && !reserva && !descarte) return null
  const clave = client
    .query<{ n: number }, [string]>(
      `SELECT EXISTS (SELECT 1 FROM pedidos p WHERE id = ? AND (sello IS NOT NULL
         OR EXISTS (SELECT 1 FROM idempotencia WHERE numero = p.numero))) AS n`,
    )
    .get(id)
  const ventas = reserva ? salesFor(client, id) : []
  return { id, historia, conClave: clave?.n === 1, reserva, ventas, descarte }
}

/** The two sides, as the audit judges them. */
export function pairOf({ id, historia, reserva, descarte }: Record): Pair {
  const pedido = historia?.pedido
  const order = pedido && {
    estado: pedido.estado,
    intencion: pedido.intencion?.proposito ?? null,
    expiraEn: pedido.expiraEn,
  }
  return { id, order: order ?? null, discarded: descarte !== null, reservation: reserva }
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
