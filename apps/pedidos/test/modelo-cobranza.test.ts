import { describe, expect, test } from 'bun:test'
import { decidir } from '../src/domain/cobranza/decidir.ts'
import { pasear } from './modelo/paseo.ts'
import { type Falta, reglas } from './modelo/reglas.ts'

// Everything that can happen to one order and its money, in each order: `decidir` is the real one, around it
// is a model of who asks and tells (modelo/pedido.ts, modelo/cobro.ts), and what must hold is in
// modelo/invariantes.ts. A failure is told by the shortest way there.
//
// Of what would go wrong, three are the mistakes that the design is most afraid of; that older news is not
// believed is what all telling rests on; and the last is what the design had not thought of.

/** The walk of something that is left out, told. */
function sin(falta: Falta | undefined, decide = decidir) {
  const { contraejemplo, estados } = pasear(reglas({ total: 1, confia: false }, decide, falta))
  const { falla = 'nothing', camino = [] } = contraejemplo ?? {}
  const numerado = camino.map((paso, n) => `  ${n + 1}. ${paso}`)
  console.log([`${falla}, found in ${estados} states:`, ...numerado].join('\n'))
  return falla
}

describe('every way that an order and its money can go', () => {
  for (const [como, pagan] of [
    [{ total: 1, confia: false }, 'each of two charges pays all of it'],
    [{ total: 2, confia: true }, 'both charges, unless staff lets it off one, or delivers first'],
  ] as const)
    test(`sells the unit once, keeps what is owed and no more, and comes to rest: ${pagan}`, () => {
      const { contraejemplo, estados, pasos, reposos, finales } = pasear(reglas(como, decidir))
      console.log(`${pagan}: ${estados} states, ${pasos} steps, ${reposos} of them at rest`)
      expect(contraejemplo).toBeUndefined()
      expect([...finales].sort()).toEqual(['Cancelado', 'Completado', 'Pendiente'])
    })
})

describe('what would go wrong', () => {
  test('if stock were let go of before charges are closed: who pays in between has no goods', () => {
    expect(sin('lets go of stock before charges are closed')).toBe('who paid in time has no goods')
  })

  test('if closed charges were never asked for again: money stays that nobody knows of', () => {
    expect(sin('never asks for closed charges again')).toBe(
      'what pedidos knows of a charge is not so',
    )
  })

  test('if refunds on their way were not counted: money would go back twice', () => {
    expect(sin(undefined, (cuenta) => decidir({ ...cuenta, reembolsos: [] }))).toBe(
      'a refund is asked for that is on its way',
    )
  })

  test('if what is older were believed: a paid order would be taken for an unpaid one', () => {
    expect(sin('believes what is older than it knows')).toBe(
      'what pedidos knows of a charge is not so',
    )
  })

  test('if a reservation ended with its order: who pays at the last moment has no goods', () => {
    expect(sin('asks inventario for no longer than the order has')).toBe(
      'who paid in time has no goods',
    )
  })
})
