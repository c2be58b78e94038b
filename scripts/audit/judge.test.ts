import { expect, test } from 'bun:test'
import type { EstadoReserva } from '../../apps/inventario/src/domain/reserva.ts'
import { estados, propositos } from '../../apps/pedidos/src/domain/pedido.ts'
import { caminos, type Respuesta } from '../../apps/pedidos/src/domain/transiciones.ts'
import { judge, type OrderSide } from './judge.ts'

const clock = { now: 2_000, aliveUntil: 2_000, lastChange: 2_000 }
const reservas = ['activa', 'confirmada', 'liberada', 'expirada'] as const
/** As what inventario's answer leaves a reservation; what it does not know is released then. */
const tras: Record<Respuesta, readonly EstadoReserva[]> = {
  confirmada: ['confirmada'],
  cerrada: ['liberada', 'expirada'],
  inexistente: ['liberada'],
  liberada: ['liberada', 'expirada'],
}

const juicio = (
  order: Partial<OrderSide> & Pick<OrderSide, 'estado' | 'intencion'>,
  estado: EstadoReserva,
) =>
  judge(
    {
      id: 'x',
      order: { apartado: null, cobros: 0, expiraEn: 9_000, ...order },
      discarded: false,
      reservation: { estado, expiraEn: 9_000, creadaEn: 1_000 },
    },
    clock,
  ).kind

test('the audit takes for right, of orders that have ended, just what the transitions lead to', () => {
  const buenos = new Set(
    Object.values(caminos).flatMap(({ fines }) =>
      Object.entries(fines).flatMap(([respuesta, { estado }]) =>
        tras[respuesta as Respuesta].map((reserva) => `${estado} ${reserva}`),
      ),
    ),
  )
  for (const estado of estados) {
    if (estado === 'Pendiente') continue
    for (const reserva of reservas) {
      const kind = juicio({ estado, intencion: null }, reserva)
      expect(`${estado} ${reserva} ${kind}`).toBe(
        `${estado} ${reserva} ${buenos.has(`${estado} ${reserva}`) ? 'ok' : 'wrong'}`,
      )
    }
  }
})

test('the audit waits for an order with a purpose, whatever its reservation is', () => {
  for (const intencion of propositos) {
    for (const reserva of reservas) {
      expect(juicio({ estado: 'Pendiente', intencion }, reserva)).toBe('in-flight')
    }
  }
})

test('an order with charges has its stock for longer than it says, and one that lost it has none', () => {
  const abierto = { estado: 'Pendiente', intencion: null, expiraEn: 8_000 } as const
  expect(juicio(abierto, 'activa')).toBe('in-flight')
  expect(juicio({ ...abierto, apartado: 'plazo', cobros: 1 }, 'activa')).toBe('ok')
  expect(juicio({ ...abierto, apartado: 'plazo', cobros: 1, expiraEn: 10_000 }, 'activa')).toBe(
    'wrong',
  )
  const sin = reservas.filter(
    (reserva) => juicio({ ...abierto, apartado: 'vencido', cobros: 1 }, reserva) === 'ok',
  )
  expect(sin).toEqual(['liberada', 'expirada'])
})
