import { statements as porClave } from '@encargo/service-kit/obligations/statements'
import { plan } from '@encargo/storage/testing'
import { describe, expect, test } from 'bun:test'
import { porBorrarDe } from '../src/store/borrados.ts'
import { sentencias as avisos } from '../src/store/avisos.ts'
import { lecturas as deDinero } from '../src/store/cobranza/sumas.ts'
import { sentencias as cobranza } from '../src/store/cobranza/store.ts'
import { sentencias as condiciones } from '../src/store/condiciones.ts'
import { sentencias as conservar } from '../src/store/conservar.ts'
import { sentencias as cupones } from '../src/store/cupones.ts'
import { sentencias as descartes } from '../src/store/descartes.ts'
import { consultas as hechos } from '../src/store/hechos.ts'
import { consultas as historial } from '../src/store/historial.ts'
import { consultas as lista } from '../src/store/lista.ts'
import { sentencias as marcha } from '../src/store/marcha.ts'
import { sentencias as notas } from '../src/store/notas.ts'
import { sentencias as obligaciones } from '../src/store/obligaciones.ts'
import { escrituras, lecturas } from '../src/store/resumen.ts'
import { sentencias as avisosDeEventos } from '../src/store/seguidor-avisos.ts'
import { consultas as seguidor } from '../src/store/seguidor.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'

const storage = openPedidosStorage(':memory:')
const stepsOf = (one: Parameters<typeof plan>[1]) => plan(storage, one)

describe('lists of orders', () => {
  test.each([
    ['all', lista.deTodos, 'USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    ['of a state', lista.deEstado, 'USING INDEX pedidos_por_estado'],
    ['of a customer, the newest', lista.recientes, 'USING INTEGER PRIMARY KEY (rowid>? AND'],
    ['by when they run out', lista.porVencer, 'INDEX pedidos_por_vencer'],
    ['as they were sold', hechos.hechos, 'USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    ['what was said', notas.notas, 'USING INDEX pedido_notas_de_pedido'],
  ] as const)('walk along an index that is in order already: %s', async (_, consulta, index) => {
    const details = await stepsOf(consulta)
    expect(details).toHaveLength(1)
    expect(details[0]).toContain(index)
    expect(details[0]).toStartWith('SEARCH')
  })

  test("of a customer walk along that customer's own, in order already", async () => {
    expect(await stepsOf(lista.deCliente)).toEqual([
      'SEARCH c USING PRIMARY KEY (cliente_id=? AND numero>? AND numero<?)',
      'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    ])
  })

  test('of what is found walk back along the full-text index', async () => {
    expect(await stepsOf(lista.halladas)).toEqual([
      expect.stringMatching(/^SCAN pedidos_fts VIRTUAL TABLE INDEX/),
      'SEARCH p USING INTEGER PRIMARY KEY (rowid=?)',
    ])
  })
})

test("what is to be erased is found along that customer's own as well", async () => {
  const theirs = (await stepsOf(porBorrarDe)).join('; ')
  expect(theirs).toContain('pedidos_de_cliente USING PRIMARY KEY (cliente_id=? AND numero>? AND')
  expect(theirs).toContain('pedidos USING INTEGER PRIMARY KEY (rowid>?)')
  expect(theirs).not.toContain('TEMP B-TREE')
})

test('money is told along an index by its moments, each with its charge', async () => {
  const [movimiento, cobro, ...mas] = await stepsOf(hechos.dinero)
  expect(movimiento).toContain('USING INDEX pedido_movimientos_por_en (')
  expect(cobro).toContain('SEARCH c USING INDEX')
  expect(mas).toEqual([])
})

test('the history is read on by an index, of one customer and of all', async () => {
  const todos = (await stepsOf(historial.deTodos)).join('; ')
  expect(todos).toContain('SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
  expect(todos).not.toContain('TEMP B-TREE')
  const uno = (await stepsOf(historial.deUno)).join('; ')
  expect(uno).toContain('SEARCH pedidos_de_cliente USING PRIMARY KEY (cliente_id=? AND numero<?)')
  expect(uno).toContain('SEARCH pedidos USING INTEGER PRIMARY KEY (rowid>?)')
  expect(uno).toMatch(/SEARCH e USING INDEX pedido_eventos_por_pedido \(numero=\? AND rowid>\?/)
  expect(`${todos}; ${uno}`).not.toContain('SCAN')
})

test.each([
  ...Object.values(avisosDeEventos),
  ...Object.values(avisos),
  ...Object.values(escrituras),
  ...Object.values(lecturas),
  deDinero.dinero,
  hechos.abonos,
  hechos.previos,
  ...Object.values(seguidor),
])('what follows the history walks through no table: $sqlite', async (consulta) => {
  const details = await stepsOf(consulta)
  expect(details.length).toBeGreaterThan(0)
  // Of what is as small as the question, or was made for it.
  const small =
    /^SCAN (?:json_each |cuartos|[vtp]$|\(subquery|CONSTANT ROW$|\d+(?:-ROW VALUES| CONSTANT ROWS$))/
  const scans = details.filter((detail) => detail.startsWith('SCAN') && !small.test(detail))
  expect(scans).toEqual([])
})

test.each([...Object.values(cupones), ...Object.values(condiciones), ...Object.values(conservar)])(
  'coupons and what is agreed are found by their keys: $sqlite',
  async (consulta) => {
    const details = await stepsOf(consulta)
    expect(details.filter((detail) => /^SCAN|TEMP B-TREE/.test(detail))).toEqual([])
  },
)

test.each([...Object.values(marcha), ...Object.values(porClave), ...Object.values(descartes)])(
  'what is owed is found along an index, in order already: $sqlite',
  async (consulta) => {
    const details = (await stepsOf(consulta)).filter(
      (detail) => !/^SCAN (?:CONSTANT|json_each)/.test(detail),
    )
    expect(details.filter((detail) => /^SCAN|TEMP B-TREE/.test(detail))).toEqual([])
  },
)

test.each(Object.values(cobranza))(
  'the money of an order is found by its key: $sqlite',
  async (consulta) => {
    // The few of an order that are of one moment.
    const few = /^SCAN (?:CONSTANT|json_each|3-ROW VALUES)|FOR LAST TERM/
    const details = (await stepsOf(consulta)).filter((detail) => !few.test(detail))
    expect(details.filter((detail) => /^SCAN|TEMP B-TREE/.test(detail))).toEqual([])
  },
)

test.each(Object.values(obligaciones))(
  'what waits is counted without a look at what does not: $sqlite',
  async (consulta) => {
    const looks = (await stepsOf(consulta)).filter((detail) => /^(?:SCAN|SEARCH)/.test(detail))
    expect(looks).toHaveLength(2)
    expect(looks[0]).toMatch(/^SCAN pedidos USING (?:COVERING )?INDEX pedidos_con_intencion$/)
    expect(looks[1]).toMatch(/^SCAN obligaciones/)
  },
)
