import { SQL } from 'bun'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createClient, type EventoSeguido } from '@encargo/client'
import { atMost } from '@encargo/service-kit/async/at-most'
import { type Cluster, describeOnPostgres, makeCluster } from '@encargo/storage/testing/postgres'
import { admin } from '../system/harness.ts'
import {
  newProduct,
  newShopper,
  stockOf,
  walkAllOrNothing,
  walkThePurchase,
} from '../system/walk.ts'
import { auditShop } from '../../scripts/audit/shop.ts'
import { shopOf } from '../../scripts/lib/shop.ts'
import { type Bought, buy, customers } from './buyers.ts'
import { type Replica, type ReplicatedShop, startReplicas } from './replicated.ts'

const startMs = 60_000
/** With 10000, there are 1,000 units, and it takes half a minute. */
const buyers = Number(process.env['BUYERS'] ?? 1_000)
const units = buyers / 10
/** How many of them race for a coupon; one in a hundred gets it. */
const racers = Number(process.env['BUYERS'] ?? 200)

describeOnPostgres('two replicas of each service', () => {
  let cluster: Cluster
  let sql: SQL
  let shop: ReplicatedShop
  beforeAll(async () => {
    cluster = makeCluster()
    sql = new SQL(cluster.url, { max: 2 })
    shop = await startReplicas(cluster.url)
  }, startMs)
  afterAll(async () => {
    await shop.stop()
    await sql.close()
    cluster.remove()
  }, startMs)

  const one = async (text: string, ...params: unknown[]): Promise<Record<string, unknown>> =>
    (await sql.unsafe(text, params))[0]

  /** How many of pedidos wait for their turn to write. */
  async function queued(): Promise<number> {
    const waiting = await one(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE application_name = 'encargo pedidos' AND wait_event_type = 'Lock'`,
    )
    return Number(waiting['n'])
  }

  /** The replicas of pedidos, and whether each works in the background. */
  const onDuty = () =>
    Promise.all(
      shop.of('pedidos').map(async (replica) => {
        const answer = await fetch(`${replica.origin}/readyz`)
        return { replica, duty: /"deGuardia":true/.test(await answer.text()) }
      }),
    )

  test('sell, refuse, complete and cancel as one of each does', async () => {
    await walkThePurchase(shop.clients)
    await walkAllOrNothing(shop.clients)
  })

  test('keep a session that two tabs renew at once, and buy with it through tienda', async () => {
    const { origin } = new URL(shop.origins.tienda)
    const call = async (action: string, cookie = '', body?: object) => {
      const answer = await fetch(`${origin}/api/sesion/${action}`, {
        method: 'POST',
        headers: { origin, cookie, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const token = answer.ok ? /"access_token":"([^"]+)"/.exec(await answer.text())?.[1] : ''
      return {
        status: answer.status,
        token,
        cookie: answer.headers.get('set-cookie')?.split(';')[0],
      }
    }
    const productoId = await newProduct(shop.clients, 500, 10)
    let { cookie } = await call('login', '', admin)
    for (let turn = 0; turn < 3; turn++) {
      const tabs = await Promise.all([call('renovar', cookie), call('renovar', cookie)])
      expect(tabs.map(({ status }) => status)).toEqual([200, 200])
      cookie = tabs[0]?.cookie
      const answer = await fetch(`${origin}/api/pedidos/pedidos`, {
        method: 'POST',
        headers: {
          origin,
          authorization: `Bearer ${tabs[1]?.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ lineas: [{ productoId, cantidad: 1 }] }),
      })
      expect(answer.status).toBe(201)
    }
  })

  test(`sell ${units} units to ${buyers} buyers, each once, and number the orders without a gap`, async () => {
    const productoId = await newProduct(shop.clients, 100, units)
    const ids = await customers(sql, buyers)
    const before = await one('SELECT count(*)::int AS orders FROM pedidos.pedidos')
    const started = performance.now()
    const answers: Bought[] = []
    await atMost(64, ids, async (id) => void answers.push(await buy(shop, id, productoId)))
    const seconds = (performance.now() - started) / 1000
    const slowest = Math.max(...answers.map(({ ms }) => ms))
    console.log(`${buyers} buyers in ${seconds.toFixed(1)} s, the slowest ${slowest.toFixed(0)} ms`)
    const told = Map.groupBy(answers, ({ status, codigo }) => `${status} ${codigo ?? ''}`)
    expect(Object.fromEntries([...told].map(([what, { length }]) => [what, length]))).toEqual({
      '201 ': units,
      '409 stock-insuficiente': buyers - units,
    })
    expect(await stockOf(shop.clients, productoId)).toEqual({
      fisico: units,
      reservado: units,
      disponible: 0,
    })
    const kept = await one(
      `SELECT count(*)::int AS orders, max(p.numero)::int AS last, count(DISTINCT p.numero)::int AS numbers,
         count(*) FILTER (WHERE l.producto_id = $1)::int AS sold,
         count(*) FILTER (WHERE l.producto_id = $1 AND r.estado = 'activa')::int AS reserved,
         count(*) FILTER (WHERE p.creado_en < antes)::int AS back
       FROM (SELECT *, lag(creado_en) OVER (ORDER BY numero) AS antes FROM pedidos.pedidos) p
       JOIN pedidos.pedido_lineas l ON l.numero = p.numero AND l.posicion = 0
       LEFT JOIN inventario.reservas r ON r.pedido_id = p.id`,
      productoId,
    )
    const orders = Number(before['orders']) + units
    expect(kept).toEqual({
      orders,
      last: orders,
      numbers: orders,
      sold: units,
      reserved: units,
      back: 0,
    })
  }, 120_000)

  test(`let ${racers / 100} of ${racers} buyers use a coupon of as many uses, whoever serves them`, async () => {
    const productoId = await newProduct(shop.clients, 1_000, racers)
    const [cupon, usosMaximos] = ['CARRERA', racers / 100]
    const staff = shop.tokens.as({ id: (await customers(sql, 1))[0] ?? '', rol: 'admin' })
    const made = await fetch(`${shop.origins.pedidos}/cupones`, {
      method: 'POST',
      headers: { authorization: staff.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ codigo: cupon, tipo: 'porcentaje', valor: 5_000, usosMaximos }),
    })
    expect(made.status).toBe(201)
    const answers: Bought[] = []
    const started = performance.now()
    await atMost(64, await customers(sql, racers), async (id) => {
      answers.push(await buy(shop, id, productoId, { cupon }))
    })
    console.log(`${racers} for a coupon in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    const told = Map.groupBy(answers, ({ status, codigo }) => `${status} ${codigo ?? ''}`)
    expect(Object.fromEntries([...told].map(([what, { length }]) => [what, length]))).toEqual({
      '201 ': usosMaximos,
      '409 cupon-agotado': racers - usosMaximos,
    })
    const kept = await one(
      `SELECT usados::int, (SELECT count(*)::int FROM pedidos.cupon_usos WHERE codigo = $1) AS usos,
         (SELECT count(*)::int FROM pedidos.pedido_condiciones WHERE cupon = $1) AS orders
       FROM pedidos.cupones WHERE codigo = $1`,
      cupon,
    )
    expect(kept).toEqual({ usados: usosMaximos, usos: usosMaximos, orders: usosMaximos })
  }, 120_000)

  test('charge once what is asked of both at once, and count once what both are told of it', async () => {
    const { id, headers: ana } = await newShopper(shop.clients)
    const pedido = await buy(shop, id, await newProduct(shop.clients, 500, 10))
    const jefa = shop.tokens.as({ id: (await customers(sql, 1))[0] ?? '', rol: 'admin' })
    /** The same at each replica of pagos at the same moment. */
    const enAmbas = (method: string, path: string, headers: object, body: object) =>
      Promise.all(
        shop.of('pagos').map(async ({ origin }) => {
          const type = { 'content-type': 'application/json', 'idempotency-key': 'a key' }
          const init = { method, headers: { ...type, ...headers }, body: JSON.stringify(body) }
          const answer = await fetch(`${origin}${path}`, init)
          return { status: answer.status, ...((await answer.json()) as { id?: string }) }
        }),
      )
    const efectivo = { nombre: 'Efectivo', proveedor: 'manual', momento: 'antes' }
    await enAmbas('PUT', '/metodos-pago/efectivo', jefa, efectivo)
    const peticion = { pedidoId: pedido.id, metodo: 'efectivo' }
    const cobros = await enAmbas('POST', '/cobros', ana, peticion)
    const cobro = cobros[0]?.id ?? ''
    expect(cobros).toMatchObject([
      { status: 201, id: cobro },
      { status: 201, id: cobro },
    ])
    const recibo = { importe: 500, referencia: 'recibo 1' }
    const capturas = await enAmbas('POST', `/cobros/${cobro}/capturas`, jefa, recibo)
    expect(capturas).toMatchObject([
      { status: 201, cobrado: 500 },
      { status: 201, cobrado: 500 },
    ])
    const cuenta = await one(
      `SELECT c.estado, c.cobrado::int, p.saldo::int,
         (SELECT count(*)::int FROM pedidos.pedido_movimientos WHERE cobro_id = $1) AS movimientos
       FROM pedidos.pedido_cobros c JOIN pedidos.pedido_cobranza p USING (numero) WHERE c.id = $1`,
      cobro,
    )
    expect(cuenta).toEqual({ estado: 'cobrado', cobrado: 500, saldo: 0, movimientos: 1 })
  })

  test('go on in the background and with live orders when the replica on duty is killed', async () => {
    const ana = await newShopper(shop.clients)
    const productoId = await newProduct(shop.clients, 100, 100)
    const client = createClient(shop.origins)
    expect((await client.login(ana)).ok).toBe(true)
    const stop = new AbortController()
    // One at each replica.
    const followers = [0, 1].map(() => {
      const seen: EventoSeguido[] = []
      const ended = (async () => {
        for await (const event of client.eventos({ signal: stop.signal })) seen.push(event)
      })()
      return { seen, ended }
    })
    const streams = async () => {
      const open = shop.of('pedidos').map(async ({ origin }) => {
        const metrics = await (await fetch(`${origin}/metrics`)).text()
        return Number(/^pedidos_event_streams\S* (\d+)$/m.exec(metrics)?.[1])
      })
      return await Promise.all(open)
    }
    await until(async () => (await streams()).every((open) => open === 1))
    await until(async () => (await onDuty()).filter(({ duty }) => duty).length === 1)
    const holder = (await onDuty()).find(({ duty }) => duty)?.replica

    const bought: Bought[] = [await buy(shop, ana.id, productoId)]
    const first = bought[0]?.id ?? ''
    holder?.kill('SIGKILL')
    const died = performance.now()
    // As a request leaves it that dies in the middle.
    await sql.unsafe(
      `UPDATE pedidos.pedidos SET intencion = 'cancelar', intencion_actor = 'x',
         intencion_desde = creado_en, proximo_intento_en = 0 WHERE id = $1`,
      [first],
    )
    while (performance.now() - died < 1_000) bought.push(await buy(shop, ana.id, productoId))
    expect(new Set(bought.map(({ status }) => status))).toEqual(new Set([201]))
    expect(Math.max(...bought.map(({ ms }) => ms))).toBeLessThan(2_000)

    await until(async () => (await onDuty()).some(({ duty }) => duty))
    const tookOver = performance.now() - died
    console.log(`another was on duty after ${(tookOver / 1000).toFixed(1)} s`)
    expect(tookOver).toBeLessThan(15_000)
    // The one that follows has finished it.
    await until(async () => followers.every(({ seen }) => seen.length === bought.length + 1))
    for (const { seen } of followers) {
      const orders = seen.map(({ pedidoId, estado }) => `${pedidoId} ${estado}`)
      expect(orders).toEqual([...bought.map(({ id }) => `${id} Pendiente`), `${first} Cancelado`])
    }
    stop.abort()
    await Promise.all(followers.map(({ ended }) => ended))

    // One that stops as it should keeps nobody waiting.
    const [last] = shop.of('pedidos')
    await shop.start('pedidos')
    last?.kill('SIGTERM')
    await last?.exited
    const stopped = performance.now()
    await until(async () => (await onDuty()).some(({ duty }) => duty))
    expect(performance.now() - stopped).toBeLessThan(5_000)
    await shop.start('pedidos')
  }, 60_000)

  /** Longest waits that are bounded by the database, and what the same may take on a busy machine. */
  const waits = [
    ['is killed with the turn', 'SIGKILL', { least: 0, most: 3_000 }],
    ['stands still with the turn', 'SIGSTOP', { least: 1_500, most: 6_000 }],
  ] as const
  test.each(waits)(
    'wait for one that %s, but not for long, and sell each once',
    async (_, signal, bounds) => {
      const productoId = await newProduct(shop.clients, 100, 100_000)
      const [still, other] = shop.of('pedidos')
      if (!still || !other) throw new Error('two of pedidos were expected')
      const over = new AbortController()
      const dead = new Set<Replica>()
      /** What some customers buy at one replica until it is over, or at any when that one is dead. */
      async function buyAt(replica: Replica, bought: Bought[], ids: string[]) {
        const { tokens } = shop
        const at = {
          get origins() {
            return dead.has(replica) ? shop.origins : { ...shop.origins, pedidos: replica.origin }
          },
          tokens,
        }
        await atMost(ids.length, ids, async (id) => {
          while (!over.signal.aborted) bought.push(await buy(at, id, productoId))
        })
      }
      const [late, soon]: [Bought[], Bought[]] = [[], []]
      const ids = await customers(sql, 16)
      const both = Promise.all([
        buyAt(still, late, ids.slice(8)),
        buyAt(other, soon, ids.slice(0, 8)),
      ])
      await sql.begin(async (tx) => {
        await tx.unsafe('SELECT 1 FROM pedidos.__turno WHERE particion = 0 FOR UPDATE')
        await until(async () => (await queued()) === 2)
        still.kill(signal)
        if (signal === 'SIGKILL') dead.add(still)
      })
      // It is given the turn, and does nothing with it.
      const stopped = performance.now()
      await until(() => Promise.resolve(soon.some(({ from }) => from > stopped + 100)))
      still.kill('SIGCONT')
      over.abort()
      await both
      const longest = Math.max(...soon.map(({ ms }) => ms))
      const pause = longestPause(stopped, soon)
      console.log(`${signal} for one: nothing was sold at the other for ${pause.toFixed(0)} ms`)
      expect(longest).toBeGreaterThan(bounds.least)
      expect(longest).toBeLessThan(bounds.most)
      const all = [...late, ...soon]
      expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      expect(await stockOf(shop.clients, productoId)).toMatchObject({ reservado: all.length })
      if (dead.has(still)) await shop.start('pedidos')
    },
    60_000,
  )

  test('wait for a database that is away, say so with when to come back, and go on by themselves', async () => {
    const [ana, productoId] = [
      await newShopper(shop.clients),
      await newProduct(shop.clients, 100, 100),
    ]
    cluster.stop('fast')
    const { headers } = ana
    const refused = await fetch(`${shop.origins.pedidos}/pedidos?limite=1`, { headers })
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const all = [...shop.of('auth'), ...shop.of('productos'), ...shop.of('inventario')]
    for (const { origin } of [...all, ...shop.of('pedidos'), ...shop.of('pagos')]) {
      expect((await fetch(`${origin}/livez`)).status).toBe(200)
      await until(async () => (await fetch(`${origin}/readyz`)).status === 503)
    }
    const waiting = buy(shop, ana.id, productoId)
    cluster.start()
    expect(await waiting).toMatchObject({ status: 201 })
    for (const { origin } of [...all, ...shop.of('pedidos'), ...shop.of('pagos')]) {
      await until(async () => (await fetch(`${origin}/readyz`)).status === 200)
    }
  }, 60_000)

  test('leave a shop in which the audit finds all as it must be', async () => {
    const { discrepancies, clean } = await auditShop(shopOf(shop.env, undefined))
    expect(discrepancies).toEqual([])
    expect(clean).toBe(true)
  }, 60_000)
})

/** The longest that nobody had an answer, from a moment on, in milliseconds. */
function longestPause(from: number, bought: readonly Bought[]): number {
  const answered = bought.map((one) => one.from + one.ms).filter((at) => at > from)
  const moments = [from, ...answered.toSorted((a, b) => a - b)]
  return Math.max(...moments.map((at, n) => at - (moments[n - 1] ?? at)))
}

/** Asks again and again, until it is so. */
async function until(is: () => Promise<boolean>): Promise<void> {
  // What another process comes to by itself takes real time.
  while (!(await is())) await Bun.sleep(50)
}
