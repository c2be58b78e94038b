import { describe, expect, test } from 'bun:test'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { esperaDinero, netoDe } from '@encargo/service-kit/values/cobros'
import * as fc from 'fast-check'
import {
  type Cobro,
  type Cuenta,
  cubierto,
  exigible,
  neto,
  porSalir,
  saldo,
} from '../src/domain/cobranza/cuenta.ts'
import { decidir, type Decision } from '../src/domain/cobranza/decidir.ts'
import { cobro, cuenta, nada } from './cuenta-fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
console.log(`money of an order: FUZZ_SEED=${seed}`)
const cumple = <T>(caso: fc.Arbitrary<T>, propiedad: (caso: T) => void) =>
  fc.assert(fc.property(caso, propiedad), { seed, numRuns: 2_000 })

const importe = fc.integer({ min: 1, max: 200 })
const quizas = fc.nat({ max: 200 }).map((n) => Math.max(0, n - 100))

/** A charge that money was taken of, given back and disputed, no more of it than there was. */
const cobrado = fc
  .record({ importe, devuelto: quizas, enDisputa: fc.boolean(), perdida: fc.boolean() })
  .map(({ importe: cuanto, devuelto, enDisputa, perdida }) =>
    cobro('cobrado', {
      importe: cuanto,
      reembolsado: Math.min(devuelto, cuanto),
      disputado: enDisputa ? cuanto : 0,
      disputa: enDisputa ? (perdida ? 'perdida' : 'abierta') : null,
    }),
  )
const sinCobrar = fc
  .record({
    estado: fc.constantFrom('creado', 'abierto', 'en-proceso', 'autorizado', 'cerrado'),
    importe,
  })
  .map(({ estado, importe: cuanto }) => cobro(estado, { importe: cuanto }))

const cobros = fc
  .array(fc.oneof(cobrado, sinCobrar), { maxLength: 4 })
  .map((unos) => unos.map((uno, orden): Cobro => ({ ...uno, id: `c${orden}`, orden })))
const reembolsosDe = (suyos: readonly Cobro[]) =>
  fc
    .array(
      fc.record({
        cobroId: fc.constantFrom('', ...suyos.map(({ id }) => id)),
        importe,
        estado: fc.constantFrom('por-pedir', 'pedido', 'hecho', 'fallido'),
      }),
      { maxLength: 3 },
    )
    .map((unos) => unos.map((uno, n) => ({ ...uno, id: `r${n}` })))

const conCuenta = cobros
  .chain((suyos) =>
    fc.record({
      estado: fc.constantFrom('Pendiente', 'Completado', 'Cancelado'),
      apartado: fc.constantFrom('plazo', 'firme', 'vencido'),
      total: fc.nat({ max: 300 }),
      abonado: quizas,
      perdido: quizas,
      cobros: fc.constant(suyos),
      reembolsos: reembolsosDe(suyos),
    }),
  )
  .map((una) => cuenta({ ...una, abonado: Math.min(una.abonado, una.total) }))

const suma = (partes: Decision['reembolsar']) =>
  partes.reduce((hasta, uno) => hasta + uno.importe, 0)

/** The account when all that was asked for is written, and nothing of it done. */
const anotada = (esta: Cuenta, { reembolsar, perder, proposito }: Decision): Cuenta => ({
  ...esta,
  intencion: proposito === undefined ? esta.intencion : 'expirar',
  perdido: esta.perdido + perder,
  reembolsos: [
    ...esta.reembolsos,
    ...reembolsar.map((parte, n) => ({
      ...parte,
      id: `r${esta.reembolsos.length + n}`,
      estado: 'por-pedir' as const,
    })),
  ],
})

/** The account when all of it is done. `hay`: inventario has stock when it is asked. */
function hecha(esta: Cuenta, decision: Decision, hay: boolean): Cuenta {
  const { proposito, cerrar, capturar } = decision
  const fin: Record<'asegurar' | 'reapartar' | 'expirar', Partial<Cuenta>> = {
    asegurar: { apartado: hay ? 'firme' : 'vencido' },
    reapartar: hay ? { apartado: 'firme' } : { estado: 'Cancelado' },
    expirar: { estado: 'Cancelado' },
  }
  const despues = anotada(esta, { ...decision, proposito: undefined })
  return {
    ...despues,
    ...(proposito && fin[proposito]),
    reembolsos: despues.reembolsos.map((uno) => ({ ...uno, estado: 'hecho' })),
    cobros: despues.cobros.map((uno): Cobro => {
      const vuelve = porSalir(despues, uno)
      const tomado = capturar.find(({ cobroId }) => cobroId === uno.id)?.importe
      if (tomado !== undefined) return { ...uno, estado: 'cobrado', cobrado: tomado }
      if (cerrar.includes(uno.id)) return { ...uno, estado: 'cerrado', autorizado: 0 }
      return { ...uno, reembolsado: uno.reembolsado + vuelve }
    }),
  }
}

describe('what an order’s money asks for, whatever the account', () => {
  test('is done after a few rounds, and then nothing is kept, open or owed that should not be', () => {
    cumple(fc.tuple(conCuenta, fc.boolean()), ([comienzo, hay]) => {
      let esta = comienzo
      let rondas = 0
      for (let d = decidir(esta); !Bun.deepEquals(d, nada); d = decidir(esta)) {
        expect(++rondas).toBeLessThan(6)
        esta = hecha(esta, d, hay)
      }
      const porDevolver = esta.cobros.filter((uno) => netoDe(uno) - porSalir(esta, uno) > 0)
      const sobra = neto(esta) - exigible(esta)
      const sale = esta.cobros.reduce((hasta, uno) => hasta + porSalir(esta, uno), 0)
      if (porDevolver.length > 0) expect(sobra).toBeLessThanOrEqual(sale)
      if (esta.estado === 'Cancelado') expect(esta.cobros.filter(esperaDinero)).toEqual([])
      if (esta.estado !== 'Pendiente' || esta.apartado !== 'vencido') return
      expect(cubierto(esta)).toBe(false)
      expect(esta.cobros.some(esperaDinero)).toBe(true)
    })
  })

  test('is not asked for again once it is written', () => {
    cumple(conCuenta, (esta) => {
      const decision = decidir(esta)
      const otraVez = decidir(anotada(esta, decision))
      expect(otraVez).toMatchObject({ proposito: undefined, reembolsar: [], perder: 0 })
    })
  })

  test('does not depend on which charge or refund is told first', () => {
    cumple(fc.tuple(conCuenta, fc.infiniteStream(fc.nat())), ([esta, azar]) => {
      const revuelto = <T>(unos: readonly T[]): T[] =>
        unos
          .map((uno) => [Number(azar.next().value), uno] as const)
          .sort(([una], [otra]) => una - otra)
          .map(([, uno]) => uno)
      const otra = { ...esta, cobros: revuelto(esta.cobros), reembolsos: revuelto(esta.reembolsos) }
      expect(decidir(otra)).toEqual(decidir(esta))
    })
  })

  test('gives back all that is too much, and of no charge what there is not or is going back', () => {
    cumple(conCuenta, (esta) => {
      const { reembolsar } = decidir(esta)
      const sale = esta.cobros.reduce((hasta, uno) => hasta + porSalir(esta, uno), 0)
      const hay = (uno: Cobro) => Math.max(0, netoDe(uno) - porSalir(esta, uno))
      const sobra = Math.max(0, neto(esta) - sale - exigible(esta))
      const todo = esta.cobros.reduce((hasta, uno) => hasta + hay(uno), 0)
      expect(suma(reembolsar)).toBe(Math.min(sobra, todo))
      for (const { cobroId, importe: cuanto } of reembolsar) {
        const uno = esta.cobros.find(({ id }) => id === cobroId)
        expect(cuanto).toBeLessThanOrEqual(uno ? hay(uno) : 0)
      }
    })
  })

  test('takes of promises what is owed and was not given up, and closes none of those', () => {
    cumple(conCuenta, (esta) => {
      const { capturar, cerrar, perder } = decidir(esta)
      const debe = Math.max(0, exigible(esta) - neto(esta))
      if (!esta.reembolsos.length) expect(suma(capturar)).toBeLessThanOrEqual(debe)
      expect(capturar.filter(({ cobroId }) => cerrar.includes(cobroId))).toEqual([])
      if (perder > 0) expect(saldo(esta)).toBe(perder)
    })
  })

  test('owes somebody something exactly where there is more, or less, than is to be paid', () => {
    cumple(conCuenta, (esta) => {
      const falta = exigible(esta) - neto(esta)
      expect(saldo(esta) < 0).toBe(falta < 0)
      expect(saldo(esta) > 0).toBe(falta > esta.perdido)
    })
  })
})
