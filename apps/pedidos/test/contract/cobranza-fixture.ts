import { expect } from 'bun:test'
import type { Proposito } from '../../src/domain/pedido.ts'
import type { AnotacionCobro, CobroDicho, Paso } from '../../src/ports/cobranza.ts'
import { cobroNuevo } from '../fake-pagos.ts'
import { type Base, corridaDe, horaMs } from './fixture.ts'

export const momento = (ahora: number) => ({ ahora, proximaEn: ahora, traza: 't' })

const pasoDe = (numero: number, proposito: Proposito, ahora: number): Paso => ({
  ...momento(ahora),
  numero,
  proposito,
  actor: 'sistema',
  corrida: corridaDe(proposito, 'sistema', ahora),
})

/** What is told and done about the money of orders, by a store alone. */
export function pagos(base: Base) {
  return {
    contar: (numero: number, cobro: CobroDicho, mas: Partial<AnotacionCobro> = {}, ahora = 2_000) =>
      base.store.anotarCobro({ ...momento(ahora), numero, cobro, expiraEn: undefined, ...mas }),
    seguir: (numero: number, proposito: Proposito, mas: Partial<Paso> = {}, ahora = 3_000) =>
      base.store.seguirCobrado({ ...pasoDe(numero, proposito, ahora), ...mas }),
    terminar: (numero: number, proposito: Proposito, estado: 'Completado' | 'Cancelado') =>
      base.store.terminarCobrado({ ...pasoDe(numero, proposito, 4_000), estado, motivo: 'm' }),
    async conCobro(importe = 1_000) {
      const { id, numero } = await base.crear()
      const cobro = cobroNuevo(Bun.randomUUIDv7(), importe)
      expect(await this.contar(numero, cobro)).toBe('anotado')
      return { id, numero, cobro }
    },
    async de(id: string) {
      const pedido = await base.store.porId(id)
      if (!pedido) throw new Error('no such order')
      return pedido
    },
    async debidas(tipo: string) {
      return (await base.store.debidas(tipo, horaMs, 9)).map(({ clave }) => clave)
    },
  }
}
