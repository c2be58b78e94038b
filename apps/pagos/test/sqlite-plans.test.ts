import type { Asked, Storage } from '@encargo/storage'
import { plan } from '@encargo/storage/testing'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { afterAll, expect, test } from 'bun:test'
import { pedirAvisos, pedirCobros, pedirEventos, pedirReembolsos } from '../src/store/listas.ts'
import { openPagosStorage } from '../src/store/sqlite/open.ts'
import { createPagosStore } from '../src/store/store.ts'

type Sql = Asked<unknown>['statement']

const storage = openPagosStorage(':memory:')
afterAll(() => storage.close())

const textos: Sql[] = []
const engine: Storage = { ...storage, prepare: (...some) => void textos.push(...some) }
createPagosStore(engine, createTestClock())

/** What is read as a whole: a shop has few of them, or there is nothing that grows. */
const enteros =
  /^SCAN (?:metodos_pago|a|obligaciones|avisos USING (?:COVERING )?INDEX avisos_por_hacer)\b/
/** The newest, of which one row is looked at. */
const ultimos = /^SCAN (?:eventos|auditoria|cobros)$/

test('looks up what it is about, whatever it is asked', async () => {
  expect(textos.length).toBeGreaterThan(40)
  const scans: string[] = []
  for (const texto of textos) {
    const steps = await plan(storage, texto)
    const scan = steps.find((step) => step.startsWith('SCAN') && !enteros.test(step))
    const bounded = scan && (ultimos.test(scan) || /^SCAN (?:json_each|CONSTANT)/.test(scan))
    if (scan && !bounded) scans.push(`${scan}: ${texto.sqlite}`)
  }
  expect(scans).toEqual([])
})

test('walks every list along an index, without a sort', async () => {
  const limite = 50
  const lists = [
    [pedirCobros({ limite }), 'cobros'],
    [pedirCobros({ limite, antesDe: 9 }), 'cobros'],
    [pedirCobros({ limite, estado: 'abierto' }), 'cobros_por_estado'],
    [pedirCobros({ limite, estado: 'abierto', antesDe: 9 }), 'cobros_por_estado'],
    [pedirReembolsos({ limite, estado: 'fallido' }), 'reembolsos_por_estado'],
    [pedirReembolsos({ limite, estado: 'fallido', despuesDe: [1, 'a'] }), 'reembolsos_por_estado'],
    [pedirEventos({ limite, despuesDe: 9, tipos: undefined }), 'eventos'],
  ] as const
  for (const [{ statement }, index] of lists) {
    const steps = await plan(storage, statement)
    expect(steps[0]).toContain(index)
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  }
  // Those of one millisecond are put in order.
  const steps = await plan(storage, pedirAvisos({ limite, estado: 'pendiente' }).statement)
  expect(steps[0]).toContain('avisos_por_estado')
})
