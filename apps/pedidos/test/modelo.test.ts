import { change } from '@encargo/storage/testing'
import { onPostgres } from '@encargo/storage/testing/postgres'
import { describe, expect, test } from 'bun:test'
import { idempotencyTtlMs } from '@encargo/service-kit/values/idempotency'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import type { Averia } from './fake-inventario.ts'
import type { Pedido } from '../src/domain/pedido.ts'
import { arrancar, montar, type Montaje, pedir, usuario } from './fixture.ts'
import { todos } from './contract/fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const existencias = 12
type Proceso = Awaited<ReturnType<typeof arrancar>>
type Alguien = Awaited<ReturnType<typeof usuario>>

interface Mundo {
  readonly montaje: Montaje
  readonly random: () => number
  readonly productos: readonly string[]
  readonly gente: readonly Alguien[]
  readonly staff: Alguien
  proceso: Proceso
  /** What was answered for each key, and when: the id of its order. */
  readonly contestadas: Map<string, { readonly id: string; readonly en: number }>
  readonly ids: string[]
  claves: number
  /** Requests that nobody has waited for yet. */
  readonly vuelo: Promise<unknown>[]
}

const elegir = <T>(mundo: Mundo, de: readonly T[]): T => {
  const uno = de[Math.floor(mundo.random() * de.length)]
  if (uno === undefined) throw new Error('nothing to choose from')
  return uno
}

async function crearMundo(random: () => number): Promise<Mundo> {
  const montaje = montar()
  const productos = [1, 2, 3].map(() => Bun.randomUUIDv7())
  for (const id of productos) {
    const articulo = {
      id,
      sku: id.slice(0, 8),
      nombre: 'Cosa',
      precio: 5,
      moneda: 'USD',
      activo: true,
    }
    montaje.catalogo.articulos.set(id, articulo)
    montaje.inventario.fisico.set(id, existencias)
  }
  const averias: Averia[] = ['antes', 'despues', 'local']
  montaje.inventario.averia = () =>
    random() < 0.25 ? averias[Math.floor(random() * averias.length)] : undefined
  montaje.inventario.alLlegar = async () => {
    for (let turns = Math.floor(random() * 4); turns > 0; turns--) await Promise.resolve()
  }
  const gente = await Promise.all([usuario(), usuario()])
  const staff = await usuario({ rol: 'admin' })
  const comun = {
    montaje,
    random,
    productos,
    gente,
    staff,
    proceso: await arrancar(montaje, random),
  }
  return { ...comun, contestadas: new Map(), ids: [], claves: 0, vuelo: [] }
}

/** A token that ran out on the way, when the clock leapt, is renewed and the request sent again. */
async function identificado<T extends { status: number }>(enviar: () => Promise<T>): Promise<T> {
  let answer = await enviar()
  for (let more = 5; answer.status === 401 && more > 0; more--) answer = await enviar()
  return answer
}

async function comprar(mundo: Mundo): Promise<void> {
  const { random, proceso } = mundo
  const completar = random() < 0.2
  const quien = completar ? mundo.staff : elegir(mundo, mundo.gente)
  // Half of the keys are those of an earlier request, retried.
  const clave = random() < 0.5 ? Math.ceil(random() * mundo.claves) : ++mundo.claves
  const productos = mundo.productos.filter((_, index) => (clave >> index) % 2 === 0)
  const lineas = (productos.length > 0 ? productos : mundo.productos.slice(0, 1)).map(
    (productoId) => ({ productoId, cantidad: 1 + (clave % 3) }),
  )
  const key = random() < 0.8 ? { 'idempotency-key': `k${clave}-${completar}` } : undefined
  const body = { lineas, ...(completar ? { completar } : {}) }
  const answer = await identificado(() =>
    pedir(proceso.app, 'POST', '/pedidos', { headers: { ...quien.headers, ...key }, body }),
  )
  expect([201, 409, 503]).toContain(answer.status)
  if (answer.status !== 201) return
  const id = String(answer.body['id'])
  mundo.ids.push(id)
  if (!key) return
  const contestada = `${quien.id} ${key['idempotency-key']}`
  const en = mundo.montaje.clock.ms()
  const previa = mundo.contestadas.get(contestada)
  if (previa && en - previa.en < idempotencyTtlMs) expect(id).toBe(previa.id)
  else mundo.contestadas.set(contestada, { id, en })
}

async function cambiar(mundo: Mundo): Promise<void> {
  if (mundo.ids.length === 0) return
  const estado = mundo.random() < 0.5 ? 'Completado' : 'Cancelado'
  const path = `/pedidos/${elegir(mundo, mundo.ids)}`
  const answer = await identificado(() =>
    pedir(mundo.proceso.app, 'PATCH', path, { headers: mundo.staff.headers, body: { estado } }),
  )
  expect([200, 409, 503]).toContain(answer.status)
}

/** The old process is dead: its memory is gone, its requests are nobody's any more. */
async function reiniciar(mundo: Mundo): Promise<void> {
  mundo.proceso = await arrancar(mundo.montaje, mundo.random)
  const { storage } = mundo.proceso
  // What it was on duty for runs out, by a clock that no test waits for.
  if (storage.shared) await change(storage, 'DELETE FROM "__arriendos"')
}

/** Somebody died between reserving and writing. */
async function huerfana({ montaje, productos }: Mundo): Promise<void> {
  const lineas = productos.slice(0, 1).map((productoId) => ({ productoId, cantidad: 1 }))
  await montaje.inventario.reservar(Bun.randomUUIDv7(), lineas, 86_400).catch((error: unknown) => {
    if (!(error instanceof PeerUnavailableError)) throw error
  })
}

async function paso(mundo: Mundo): Promise<void> {
  const { montaje, proceso, random } = mundo
  const dado = random()
  if (dado < 0.4) mundo.vuelo.push(comprar(mundo))
  else if (dado < 0.7) mundo.vuelo.push(cambiar(mundo))
  else if (dado < 0.8) mundo.vuelo.push(proceso.casos.driver.tick())
  else if (dado < 0.84) await reiniciar(mundo)
  else if (dado < 0.88) await huerfana(mundo)
  else if (dado < 0.9) montaje.inventario.expirar()
  else if (dado < 0.92) montaje.clock.advance(30_000_000)
  else montaje.clock.advance(Math.floor(random() * 20_000))
  if (random() < 0.5) await Promise.all(mundo.vuelo.splice(0))
}

/** Peers are well again; everything that has a purpose gets to its end. */
async function asentar(mundo: Mundo): Promise<void> {
  await Promise.all(mundo.vuelo.splice(0))
  const { montaje, proceso } = mundo
  montaje.inventario.averia = () => undefined
  // What a crash left last waits for the next order, or for somebody who says that it may go.
  await proceso.store.ponerMarca('barrido-permitido', String(montaje.clock.ms()))
  for (let round = 0; round < 4; round++) {
    montaje.clock.advance(10 * 60_000)
    await proceso.casos.driver.tick()
  }
}

const esperada = {
  Pendiente: ['activa'],
  Completado: ['confirmada'],
  Cancelado: ['liberada', 'expirada'],
}

async function comprobar(mundo: Mundo): Promise<void> {
  const { montaje, proceso, productos } = mundo
  const { inventario } = montaje
  const listados = await proceso.store.listar({ ...todos, limite: 100_000 })
  const pedidos = listados ?? []
  for (const pedido of pedidos) {
    const reserva = inventario.reservas.get(pedido.id)
    expect(esperada[pedido.estado]).toContain(reserva?.estado ?? 'none')
    expect(pedido.intencion).toBeNull()
    expect(pedido.historial).toHaveLength(pedido.estado === 'Pendiente' ? 1 : 2)
    const apartadas = (reserva?.lineas ?? []).map(({ productoId, cantidad }) => [
      productoId,
      cantidad,
    ])
    expect(apartadas).toEqual(
      pedido.lineas.map(({ productoId, cantidad }) => [productoId, cantidad]),
    )
  }
  const conocidos = new Set(pedidos.map(({ id }) => id))
  for (const { pedidoId, estado } of inventario.reservas.values()) {
    if (!conocidos.has(pedidoId)) expect(['liberada', 'expirada']).toContain(estado)
  }
  expect(mundo.ids.every((id) => conocidos.has(id))).toBe(true)
  for (const productoId of productos) {
    const fisico = inventario.fisico.get(productoId) ?? 0
    expect(fisico).toBeGreaterThanOrEqual(inventario.reservado(productoId))
    expect(fisico + vendidas(pedidos, productoId)).toBe(existencias)
  }
  expect((await proceso.store.espera()).pendientes).toEqual([])
}

function vendidas(pedidos: readonly Pedido[], productoId: string): number {
  return pedidos
    .filter(({ estado }) => estado === 'Completado')
    .flatMap(({ lineas }) => lineas)
    .filter((linea) => linea.productoId === productoId)
    .reduce((total, { cantidad }) => total + cantidad, 0)
}

/** On PostgreSQL each takes ten times as long. */
const mundos = onPostgres ? 6 : 30

describe('whatever fails and whoever dies', () => {
  test.each(Array.from({ length: mundos }, (_, index) => seed + index))(
    'every order ends as its reservation does, and nothing twice (FUZZ_SEED=%d)',
    async (one) => {
      const mundo = await crearMundo(createRandom(one))
      for (let step = 0; step < 60; step++) await paso(mundo)
      await asentar(mundo)
      await comprobar(mundo)
    },
  )
})
