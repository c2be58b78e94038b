import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { serviceNames } from '@encargo/service-kit/run/config'
import { createClient, type EventoSeguido } from '@encargo/client'
import { compiledMain } from '../../scripts/lib/compiled-main.ts'
import {
  type ServiceProcess,
  spawnService,
  stopAll,
  type UnitName,
} from '../../scripts/lib/services.ts'
import { type Clients, clientsAt, commandOf, freshEnvironment, testForms } from './harness.ts'
import { loginAdmin, must, newProduct, newShopper } from './walk.ts'

describe.each(testForms)('of the services %s', (form) => {
  const installation = freshEnvironment()
  const log: string[] = []
  const all = { names: serviceNames, command: commandOf(form) }
  const spawn = (service: UnitName) =>
    spawnService({
      service,
      ...(service === 'encargo' ? all : {}),
      main: compiledMain(service),
      env: installation.env,
      watch: false,
      onLine: (line) => log.push(`${service}: ${line}`),
    })

  const startMs = 60_000
  const clients: Clients = clientsAt(installation.origins)
  /** The process that pedidos is in. */
  const its: UnitName = form === 'separados' ? 'pedidos' : 'encargo'
  let others: ServiceProcess<UnitName>[] = []
  let pedidos: ServiceProcess<UnitName>
  let staff: { authorization: string }
  beforeAll(async () => {
    if (form === 'separados') others = (['auth', 'productos', 'inventario'] as const).map(spawn)
    pedidos = spawn(its)
    await Promise.all([...others, pedidos].map(({ ready }) => ready))
    staff = (await loginAdmin(clients)).headers
  }, startMs)
  afterAll(async () => {
    await stopAll([...others, pedidos])
    installation.remove()
  }, startMs)

  /** A browser of `who`'s, and the events that it has seen with the time of each. */
  async function watching(who: { email: string; password: string }) {
    const client = createClient(installation.origins)
    expect((await client.login(who)).ok).toBe(true)
    const stop = new AbortController()
    const seen: (EventoSeguido & { at: number })[] = []
    const states: string[] = []
    let changed = Promise.withResolvers<void>()
    const tell = () => {
      changed.resolve()
      changed = Promise.withResolvers()
    }
    const onState = (state: string) => {
      states.push(state)
      tell()
    }
    const done = (async () => {
      for await (const one of client.eventos({ signal: stop.signal, onState })) {
        seen.push({ ...one, at: performance.now() })
        tell()
      }
    })()
    const until = async (is: () => boolean) => {
      while (!is()) await changed.promise
    }
    await until(() => states.includes('open'))
    return {
      client,
      seen,
      states,
      until,
      close: async () => {
        stop.abort()
        await done
      },
    }
  }

  async function buy(headers: { authorization: string }, productoId: string) {
    const lineas = [{ productoId, cantidad: 1 }]
    return must(await clients.pedidos.pedidos.post({ lineas }, { headers })).id
  }

  /** How many streams pedidos has open. */
  async function open(): Promise<number> {
    const metrics = await (await fetch(`${installation.origins.pedidos}/metrics`)).text()
    return Number(/^pedidos_event_streams\S* (\d+)$/m.exec(metrics)?.[1])
  }

  describe('orders, followed in real processes', () => {
    test('an open browser shows a change within 500 ms, of own orders only', async () => {
      const [ana, luis] = [await newShopper(clients), await newShopper(clients)]
      const cosa = await newProduct(clients, 100, 50)
      const [deAna, deLuis] = [await watching(ana), await watching(luis)]
      const took: number[] = []
      for (let turn = 1; turn <= 5; turn++) {
        const id = await buy(ana.headers, cosa)
        const from = performance.now()
        must(
          await clients.pedidos.pedidos({ id }).patch({ estado: 'Cancelado' }, { headers: staff }),
        )
        await deAna.until(() => deAna.seen.length === 2 * turn)
        took.push((deAna.seen.at(-1)?.at ?? Number.NaN) - from)
        expect(deAna.seen.at(-1)).toMatchObject({ pedidoId: id, estado: 'Cancelado' })
      }
      console.log(`a change showed after ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`)
      expect(Math.max(...took)).toBeLessThan(500)
      expect(deLuis.seen).toEqual([])
      await Promise.all([deAna.close(), deLuis.close()])
    })

    test(
      'a killed service loses no event for those who follow, and repeats none',
      async () => {
        const ana = await newShopper(clients)
        const cosa = await newProduct(clients, 100, 50)
        const follower = await watching(ana)
        const bought = [await buy(ana.headers, cosa), await buy(ana.headers, cosa)]
        await follower.until(() => follower.seen.length === 2)
        pedidos.kill('SIGKILL')
        await pedidos.exited
        pedidos = spawn(its)
        await pedidos.ready
        // Written while the follower still waits for its next attempt, or just after: both must do.
        bought.push(await buy(ana.headers, cosa), await buy(ana.headers, cosa))
        await follower.until(() => follower.seen.length >= 4)
        expect(follower.seen.map(({ pedidoId }) => pedidoId)).toEqual(bought)
        await follower.close()
      },
      startMs,
    )

    test('a page that is left gives its place back at once, so that reloading never locks out', async () => {
      const { headers } = await newShopper(clients)
      for (let visit = 1; visit <= 20; visit++) {
        const page = new AbortController()
        const answer = await fetch(`${installation.origins.pedidos}/pedidos/eventos`, {
          headers,
          signal: page.signal,
        })
        expect([visit, answer.status]).toEqual([visit, 200])
        await answer.body?.getReader().read()
        expect(await open()).toBe(1)
        page.abort()
        while ((await open()) > 0);
      }
    })

    test(
      'open streams, one of them not read, do not hold up a stop',
      async () => {
        const ana = await newShopper(clients)
        const followers = [await watching(ana), await watching(ana)]
        const { port } = new URL(installation.origins.pedidos)
        const deaf = connect(Number(port), '127.0.0.1')
        const { promise: answered, resolve } = Promise.withResolvers<void>()
        deaf.once('data', () => {
          deaf.pause()
          resolve()
        })
        deaf.on('error', () => undefined)
        deaf.write(
          `GET /pedidos/eventos HTTP/1.1\r\nHost: x\r\nAuthorization: ${ana.headers.authorization}\r\n\r\n`,
        )
        await answered
        const from = performance.now()
        pedidos.kill('SIGTERM')
        expect(await pedidos.exited).toBe(0)
        expect(performance.now() - from).toBeLessThan(4_000)
        deaf.destroy()
        pedidos = spawn(its)
        await pedidos.ready
        // They were told to come back, and did.
        for (const one of followers) {
          await one.until(() => one.states.filter((state) => state === 'open').length === 2)
          await one.close()
        }
      },
      startMs,
    )

    test('nothing of it is an error in the log', () => {
      expect(log.filter((line) => line.includes('"level":"error"'))).toEqual([])
    })
  })
})
