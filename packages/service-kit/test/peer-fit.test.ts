import { describe, expect, test } from 'bun:test'
import { connectPeer } from '../src/peer/peer-link.ts'
import { createLogger } from '../src/run/logger.ts'
import type { Timer } from '../src/async/timer.ts'
import { watchPeers } from '../src/peer/peer-watch.ts'
import { createProbe } from './fixture.ts'

/** A link to auth where something answers as the test says, and what was logged. */
function linkTo(answer: () => Response | Promise<Response>) {
  const lines: string[] = []
  const logger = createLogger({
    service: 'prueba',
    level: 'info',
    write: (line) => lines.push(line),
  })
  const fake = async () => await answer()
  const link = connectPeer('auth', 'http://auth.test', {
    logger,
    fetch: Object.assign(fake, { preconnect: fetch.preconnect }),
  })
  return { link, lines }
}

interface Ready {
  readonly estado: string
  readonly servicios: Record<string, { readonly impedimentos?: string[] }>
}

const nobody = () => Promise.reject(new TypeError('connection refused'))
/** A timer whose work never comes by itself. */
const never: Timer = () => () => undefined

describe('a peer that does not fit', () => {
  test('is said once in the log, and again when it is another thing or right', () => {
    const { link, lines } = linkTo(nobody)
    for (let call = 0; call < 3; call++) link.fit.refuse('identidad', 'Corrige SECRETO.')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('Corrige SECRETO.')
    link.fit.refuse('identidad', 'Corrige OTRO.')
    link.fit.settle('token')
    expect([lines.length, link.fit.wrong]).toEqual([2, ['Corrige OTRO.']])
    link.fit.settle('identidad')
    link.fit.settle('identidad')
    expect([lines.length, link.fit.wrong]).toEqual([3, []])
  })

  test('makes the service unready, with the sentence, until it fits', async () => {
    const { link } = linkTo(nobody)
    const { call } = await createProbe({ peers: [link] })
    const ready = async () => {
      const answer = await call('GET', '/readyz')
      const { estado, servicios }: Ready = JSON.parse(await answer.text())
      return [answer.status, estado, servicios.auth?.impedimentos]
    }
    expect(await ready()).toEqual([200, 'listo', undefined])
    link.fit.refuse('identidad', 'Corrige SECRETO.')
    expect(await ready()).toEqual([503, 'no-listo', ['Corrige SECRETO.']])
    link.fit.settle('identidad')
    expect(await ready()).toEqual([200, 'listo', undefined])
  })

  test('is a 503 to callers, who are not told the setting', async () => {
    const { call } = await createProbe()
    const answer = await call('GET', '/par-ajeno')
    const text = await answer.text()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(text).toContain('"codigo":"servicio-no-disponible"')
    expect(text).toContain('no está bien configurada')
    expect(text).not.toContain('SECRETO')
  })
})

const watching = async (answer: () => Response | Promise<Response>, moneda?: string) => {
  const { link } = linkTo(answer)
  const own = moneda === undefined ? {} : { moneda }
  await watchPeers({ peers: [link], timer: never, ...own }).round()
  return link.fit.wrong
}

const right = () => Response.json({ estado: 'vivo', servicio: 'auth' })

describe('watching the peers', () => {
  test('says nothing of the right one, nor of one that is away', async () => {
    expect(await watching(right)).toEqual([])
    expect(await watching(right, 'USD')).toEqual([])
    expect(await watching(nobody)).toEqual([])
    expect(await watching(() => new Response('', { status: 503 }))).toEqual([])
  })

  test('names the setting that leads to another service, or to none of ours', async () => {
    const other = await watching(() => Response.json({ servicio: 'productos' }))
    expect(other).toEqual(['En http://auth.test no está auth, sino productos: corrige AUTH_URL.'])
    for (const stranger of ['<html>', '{}', 'null', '"auth"']) {
      const [told] = await watching(() => new Response(stranger))
      expect(told).toContain('ningún servicio de Encargo: corrige AUTH_URL')
    }
    const [missing] = await watching(() => new Response('not here', { status: 404 }))
    expect(missing).toContain('corrige AUTH_URL')
  })

  test('compares currencies where both keep amounts, and forgets what was mended', async () => {
    let moneda = 'EUR'
    const { link } = linkTo(() => Response.json({ servicio: 'auth', moneda }))
    const watch = watchPeers({ peers: [link], moneda: 'USD', timer: never })
    await watch.round()
    expect(link.fit.wrong).toEqual([
      expect.stringContaining('auth trabaja en EUR y este servicio en USD'),
    ])
    moneda = 'USD'
    await watch.round()
    expect(link.fit.wrong).toEqual([])
  })

  test('begins at once, goes on, sooner while something is wrong, and stops', async () => {
    const due: number[] = []
    const works: (() => void)[] = []
    const timer: Timer = (work, ms) => {
      due.push(ms)
      works.push(work)
      return () => void works.splice(works.indexOf(work), 1)
    }
    let servicio = 'productos'
    const { link } = linkTo(() => Response.json({ servicio }))
    const watch = watchPeers({ peers: [link], timer })
    const round = async () => {
      const before = due.length
      works.shift()?.()
      while (due.length === before) await new Promise(setImmediate)
    }
    await round()
    servicio = 'auth'
    await round()
    expect(due).toEqual([0, 5_000, 30_000])
    void watch.stop()
    expect(works).toEqual([])
  })
})
