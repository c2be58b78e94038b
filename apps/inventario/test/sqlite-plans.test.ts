import { expect, test } from 'bun:test'
import type { Asked } from '@encargo/storage'
import { plan } from '@encargo/storage/testing'
import type { ListaExistencias } from '../src/ports.ts'
import { pedirDevolucion } from '../src/store/devoluciones.ts'
import { pedirUltimos } from '../src/store/existencias.ts'
import {
  pedirActivas,
  pedirExistencias,
  pedirMovimientos,
  pedirReservasDe,
} from '../src/store/listas.ts'
import { pedirVencidas } from '../src/store/reservas.ts'
import { openWarehouse, pedido } from './fixture.ts'

const existencias: ListaExistencias = { bajoMinimo: false, orden: 'productoId', limite: 50 }
const reservas = { ahora: 0, limite: 50 }
const productoId = pedido()
const pedidoId = pedido()

test('walks every list along an index, without a sort', async () => {
  const { storage } = await openWarehouse()
  const porCreacion = 'reservas_activas_por_creacion'
  const lists: [Asked<unknown>, string][] = [
    [pedirExistencias(existencias), 'sqlite_autoindex_existencias_1'],
    [
      pedirExistencias({ ...existencias, despuesDe: { productoId } }),
      'sqlite_autoindex_existencias_1',
    ],
    [pedirExistencias({ ...existencias, bajoMinimo: true }), 'existencias_bajo_minimo'],
    [pedirExistencias({ ...existencias, ids: [productoId] }), 'sqlite_autoindex_existencias_1'],
    [pedirMovimientos({ de: { productoId }, limite: 50 }), 'movimientos_por_producto'],
    [pedirMovimientos({ de: { productoId }, antesDe: 9, limite: 50 }), 'movimientos_por_producto'],
    [pedirMovimientos({ de: { pedidoId }, limite: 50 }), 'movimientos_por_pedido'],
    [pedirDevolucion.hecha.all('d'), 'movimientos_por_acto'],
    [pedirActivas(reservas), porCreacion],
    [
      pedirActivas({ ...reservas, creadasAntesDe: 9, despuesDe: { creadaEn: 1, id: pedidoId } }),
      porCreacion,
    ],
    [pedirReservasDe({ productoId, limite: 50 }), porCreacion],
    [pedirVencidas.all(9, 50), 'reservas_activas_por_vencimiento'],
  ]
  for (const [pregunta, index] of lists) {
    const steps = await plan(storage, pregunta.statement)
    expect(steps[0]).toContain(`INDEX ${index}`)
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
  }
})

test('finds the last line of each product in an index, without reading what is before it', async () => {
  const { storage } = await openWarehouse()
  const steps = await plan(storage, pedirUltimos)
  expect(steps).toContain('SEARCH m USING COVERING INDEX movimientos_por_producto (producto_id=?)')
  expect(steps.filter((step) => step.includes('TEMP B-TREE FOR GROUP'))).toEqual([])
})

test('adds up what an order sold among its own lines of the ledger', async () => {
  const { storage } = await openWarehouse()
  const steps = await plan(storage, pedirDevolucion.vendidas)
  expect(steps).toContain('SEARCH movimientos USING INDEX movimientos_por_pedido (pedido_id=?)')
  expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN v'])
})

test('sorts the stock by what is available over no more rows than are low, if those are asked for', async () => {
  const { storage } = await openWarehouse()
  const lista = { ...existencias, bajoMinimo: true, orden: 'disponible' } as const
  const despuesDe = { valor: 3, productoId }
  for (const query of [lista, { ...lista, despuesDe }]) {
    const [scan, sort] = await plan(storage, pedirExistencias(query).statement)
    expect(scan).toContain('INDEX existencias_bajo_minimo')
    expect(sort).toContain('USE TEMP B-TREE')
  }
})
