import { afterAll, describe, expect, test } from 'bun:test'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Timer } from '@encargo/service-kit/async/timer'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { auditData } from '../../scripts/audit/audit.ts'
import { services } from '../../scripts/audit/databases.ts'
import { temporaryFolder } from '../../scripts/audit/test-shop.ts'
import type { EnviarMensaje } from '@encargo/service-kit/mail/message'
import { cuentas } from '../../scripts/demo/cuentas.ts'
import { startInOneProcess } from '../system/one-process.ts'
import { login, must } from '../system/walk.ts'

const { folder, remove } = temporaryFolder('kept')
afterAll(remove)

const minute = 60_000
/** How long the disk may take in all, in milliseconds of real time. */
const patienceMs = 25_000

/** What a version was in the middle of when it was killed: orders by their number. */
interface Begun {
  readonly killedAt: number
  readonly completing: readonly number[]
  /** By somebody, or because their time was over. */
  readonly cancelling: readonly number[]
  /** Waiting for somebody, for longer than a day. */
  readonly held: readonly number[]
  /** Of customers whose accounts are erased. */
  readonly erased: readonly number[]
  /** Reserved for an order that was never written. */
  readonly orphans: readonly string[]
  /** Who was to be written to. */
  readonly mails: readonly string[]
  /** What the audit has to say to a person. */
  readonly notices: readonly string[]
}

const begun: Readonly<Record<string, Begun>> = {
  '2026-11-22': {
    killedAt: Date.parse('2026-11-29T06:44:02Z'),
    completing: [15],
    cancelling: [16],
    held: [],
    erased: [13],
    orphans: [],
    mails: [],
    notices: ["products whose SKU is another one's too, in other letters: 1 (NIÑO)"],
  },
  '2026-11-29': {
    killedAt: Date.parse('2026-11-29T11:11:40Z'),
    completing: [15],
    cancelling: [16, 18, 19],
    held: [17, 13],
    erased: [17, 18],
    orphans: ['01a226ff-fa7a-72bf-b35b-04fcc1cf76d4'],
    mails: ['Sara@correo.example'],
    notices: [],
  },
  '2026-11-30': {
    killedAt: Date.parse('2026-11-30T11:34:17Z'),
    completing: [19],
    cancelling: [20, 22, 23],
    held: [21, 17],
    erased: [21, 22],
    orphans: ['01a22c3b-08aa-72b6-8fd2-b8a66e9cccce'],
    mails: [
      'Sara@correo.example',
      'cliente@encargo.example',
      'julio@correo.example',
      'pedidos@bazar.example',
      'rosa@correo.example',
    ],
    notices: [],
  },
}

/** The databases of a version, in a folder of their own; those of before have none of pagos. */
async function unpack(version: string): Promise<string> {
  const dataDir = join(folder, version)
  mkdirSync(dataDir)
  for (const service of services) {
    const packed = Bun.file(join(import.meta.dir, version, `${service}.db.gz`))
    if (service === 'pagos' && !(await packed.exists())) continue
    await Bun.write(join(dataDir, `${service}.db`), Bun.gunzipSync(await packed.bytes()))
  }
  return dataDir
}

/** Timers that come, all of them, when they are told to. */
function createTimers() {
  const waiting = new Set<() => void>()
  const timer: Timer = (work) => {
    waiting.add(work)
    return () => waiting.delete(work)
  }
  const ring = () => {
    const now = [...waiting]
    for (const work of now) if (waiting.delete(work)) work()
  }
  return { timer, ring }
}

/** The shop as its version left it, a minute later, opened by the code of today. */
async function reopen(dataDir: string, was: Begun) {
  const clock = createTestClock(was.killedAt + minute)
  const { timer, ring } = createTimers()
  const mails: string[] = []
  const enviar: EnviarMensaje = async ({ para }) => {
    mails.push(String(para))
    return { tipo: 'enviado' }
  }
  const shop = await startInOneProcess({ clock, timer, enviar }, dataDir)
  shop.start()
  async function step(ms: number): Promise<void> {
    clock.advance(ms)
    ring()
    for (let turn = 0; turn < 10; turn++) await Bun.sleep(0)
  }
  /**
   * Lets `ms` milliseconds pass, and then some more until it looks as `wanted`; answers how it looks.
   * The disk takes its own time, so rounds come for as long as it may need, and only the clock stops.
   */
  async function pass<T>(ms: number, look: () => Promise<T>, wanted: T): Promise<T> {
    for (let n = 0; n < 100; n++) await step(ms / 100)
    const giveUpAt = performance.now() + patienceMs
    for (let n = 0; !Bun.deepEquals(await look(), wanted) && performance.now() < giveUpAt; n++) {
      await step(n < 200 ? 1_000 : 0)
    }
    return await look()
  }
  /** As staff see them, the newest first. */
  async function orders() {
    const { headers } = await login(shop.clients, cuentas.operador)
    const query = { limite: 100 }
    return must(await shop.clients.pedidos.pedidos.get({ query, headers })).datos
  }
  return { ...shop, clock, mails, pass, orders }
}

type Reopened = Awaited<ReturnType<typeof reopen>>

const cupsOf = async ({ clients }: Reopened) =>
  must(await clients.productos.productos.get({ query: { q: 'tazas', limite: 20 } })).datos

/** Somebody buys a cup, and staff complete the order; answers its number. */
async function sell(shop: Reopened): Promise<number> {
  const { clients } = shop
  const query = { ids: (await cupsOf(shop)).map(({ id }) => id).join() }
  const stock = must(await clients.inventario.disponibilidad.get({ query }))
  const taza = stock.datos.find(({ disponible }) => disponible > 0)
  const buyer = await login(clients, cuentas.cliente)
  const lineas = [{ productoId: taza?.productoId ?? '', cantidad: 1 }]
  const { id, numero } = must(await clients.pedidos.pedidos.post({ lineas }, buyer))
  const { headers } = await login(clients, cuentas.operador)
  must(await clients.pedidos.pedidos({ id }).patch({ estado: 'Completado' }, { headers }))
  return numero
}

/** Which of these orders have cups put aside. */
async function reservedFor(ids: readonly string[], shop: Reopened): Promise<string[]> {
  const { headers } = await login(shop.clients, cuentas.operador)
  const lists = (await cupsOf(shop)).map(async ({ id: productoId }) => {
    const { reservas } = shop.clients.inventario.inventario({ productoId })
    return must(await reservas.get({ query: { limite: 100 }, headers })).datos
  })
  const found = (await Promise.all(lists)).flat().map(({ pedidoId }) => pedidoId)
  return ids.filter((id) => found.includes(id))
}

/** How many mails about orders are to be sent. */
async function unsent({ clients }: Reopened): Promise<number> {
  const { headers } = await login(clients, cuentas.operador)
  const query = { estado: 'por-enviar', limite: 100 } as const
  return must(await clients.pedidos.avisos.get({ query, headers })).datos.length
}

describe('the databases of a version from before', () => {
  test.each(Object.entries(begun))(
    'of %s end what was begun, go on selling, and are whole',
    async (version, was) => {
      const dataDir = await unpack(version)
      const early = await auditData(dataDir).catch((error: unknown) => ({
        notices: [String(error)],
      }))
      expect(early.notices.join()).toMatch(/version.*: start the services of this version once/)
      const shop = await reopen(dataDir, was)
      expect(await reservedFor(was.orphans, shop)).toEqual([...was.orphans])
      const completed = [await sell(shop), ...was.completing]
      const ended = {
        completed: completed.map(() => 'Completado'),
        cancelled: was.cancelling.map(() => 'Cancelado'),
        personal: [] as number[],
        orphans: [] as string[],
        mails: [...was.mails],
      }
      const look = async (): Promise<typeof ended> => {
        const orders = await shop.orders()
        const of = (numbers: readonly number[]) =>
          orders.filter((one) => numbers.includes(one.numero))
        return {
          completed: of(completed).map(({ estado }) => estado),
          cancelled: of(was.cancelling).map(({ estado }) => estado),
          personal: of(was.erased)
            .filter(({ notas, direccionEnvio }) => notas !== null || direccionEnvio !== null)
            .map(({ numero }) => numero),
          orphans: await reservedFor(was.orphans, shop),
          mails: [...new Set(shop.mails)].sort(),
        }
      }
      expect(await shop.pass(5 * minute, look, ended)).toEqual(ended)

      const waiting = async () =>
        (await shop.orders())
          .filter(({ estado }) => estado === 'Pendiente')
          .map(({ numero }) => numero)
      const held = [...was.held]
      expect(await shop.pass(25 * 60 * minute, waiting, held)).toEqual(held)
      // What ended at last is told as well.
      expect(await shop.pass(minute, () => unsent(shop), 0)).toBe(0)
      await shop.stop()
      const report = await auditData(dataDir, { now: () => shop.clock.ms() })
      expect([report.discrepancies, report.waiting]).toEqual([[], []])
      expect(report.notices).toEqual([...was.notices])
    },
    120_000,
  )

  test('are all looked at', () => {
    const folders = readdirSync(import.meta.dir, { withFileTypes: true })
    const found = folders.filter((one) => one.isDirectory()).map(({ name }) => name)
    expect(found.sort()).toEqual(Object.keys(begun))
  })
})
