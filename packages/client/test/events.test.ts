import { describe, expect, test } from 'bun:test'
import type { EventoSeguido, FollowOptions } from '../src/index.ts'
import { type Asked, cuenta, type Handler, Line, prepare, refusal, turn } from './fixture.ts'

function follow(options: FollowOptions = {}, first: Handler[] = []) {
  const lines: Line[] = []
  const refusals = [...first]
  const made = prepare((asked) => {
    const next = refusals.shift()
    if (next) return next(asked)
    const line = new Line()
    lines.push(line)
    asked.signal.addEventListener('abort', () => line.break())
    return line.response()
  })
  const states: string[] = []
  const seen: EventoSeguido[] = []
  const onState = (state: string) => void states.push(state)
  const done = (async () => {
    for await (const evento of made.client.eventos({ ...options, onState })) seen.push(evento)
  })()
  /** The `nth` connection, once it is made. */
  const line = async (nth: number): Promise<Line> => {
    for (;;) {
      const found = lines[nth - 1]
      if (found) return found
      await turn()
    }
  }
  const until = async (count: number) => {
    while (seen.length < count) await turn()
  }
  /** Lets the pause before the next attempt pass; answers its length in milliseconds. */
  const retry = async (): Promise<number> => {
    for (;;) {
      const pause = made.waiting.find(({ ms }) => ms !== 40_000 && ms !== 20_000)
      if (pause) {
        made.pass(pause.ms)
        return pause.ms
      }
      await turn()
    }
  }
  const resumed = () =>
    made.asked
      .filter(({ url }) => url.endsWith('/eventos'))
      .map(({ headers }: Asked) => headers.get('last-event-id'))
  return { ...made, lines, states, seen, done, line, until, retry, resumed }
}

const away: Handler = () => Promise.reject(new TypeError('connection refused'))
const busy: Handler = () => {
  const answer = refusal(503, 'servicio-no-disponible')
  answer.headers.set('retry-after', '17')
  return answer
}

describe('following orders', () => {
  test('gives each event with its id, and says when the line is open', async () => {
    const stop = new AbortController()
    const { line, until, seen, states, done, resumed } = follow({ signal: stop.signal })
    const one = await line(1)
    expect(states).toEqual(['connecting'])
    one.send(': hola\nretry: 1000\nid: 4\n\n')
    one.event(5)
    await until(1)
    expect(states).toEqual(['connecting', 'open'])
    expect(seen).toEqual([
      { id: '5', pedidoId: 'p5', numero: 5, estado: 'Pendiente', motivo: null, en: 'x' },
    ])
    stop.abort()
    await done
    expect(resumed()).toEqual([null])
  })

  test('resumes after the last block that came, whether it was an event or a sign of life', async () => {
    const stop = new AbortController()
    const { line, until, retry, seen, resumed, done } = follow({ signal: stop.signal })
    const one = await line(1)
    one.event(5)
    await until(1)
    one.break()
    await retry()
    const two = await line(2)
    two.send(': latido\nid: 9\n\n')
    await turn()
    two.end()
    await retry()
    const three = await line(3)
    three.event(10)
    await until(2)
    expect(resumed()).toEqual([null, '5', '9'])
    expect(seen.map(({ id }) => id)).toEqual(['5', '10'])
    stop.abort()
    await done
  })

  test('begins where it is told to', async () => {
    const stop = new AbortController()
    const { line, resumed, done } = follow({ signal: stop.signal, desde: '41' })
    await line(1)
    expect(resumed()).toEqual(['41'])
    stop.abort()
    await done
  })

  test('waits longer after each failure, as long as the service asks, and not for ever', async () => {
    const stop = new AbortController()
    const failures = [away, away, away, busy, ...Array.from({ length: 8 }, () => away)]
    const { line, retry, done } = follow({ signal: stop.signal }, failures)
    const waits: number[] = []
    for (let left = failures.length; left > 0; left--) waits.push(await retry())
    expect(waits.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 17_000, 16_000, 30_000])
    expect(Math.max(...waits)).toBe(30_000)
    // One block is enough to trust the line again.
    const one = await line(1)
    one.send('id: 1\n\n')
    await turn()
    one.end()
    expect(await retry()).toBe(1_000)
    stop.abort()
    await done
  })

  test('gives up a line without a sign of life', async () => {
    const stop = new AbortController()
    const { line, pass, retry, resumed, done } = follow({ signal: stop.signal })
    const one = await line(1)
    one.send('id: 3\n\n')
    await turn()
    expect(pass(40_000)).toBe(1)
    await retry()
    await line(2)
    expect(resumed()).toEqual([null, '3'])
    stop.abort()
    await done
  })

  test('takes what is no event stream for a failure', async () => {
    const stop = new AbortController()
    const { line, retry, done } = follow({ signal: stop.signal }, [() => new Response('<html>')])
    await retry()
    await line(1)
    stop.abort()
    await done
  })

  test('renews the session when its token has ended', async () => {
    const stop = new AbortController()
    const refusals: Handler[] = [() => refusal(401, 'no-autenticado')]
    const made = prepare((asked) => refusals.shift()?.(asked) ?? new Line().response())
    await made.client.login(cuenta)
    const next = made.client.eventos({ signal: stop.signal }).next()
    while (made.asked.length < 4) await turn()
    expect(made.asked.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      'Bearer access-1',
      null,
      'Bearer access-2',
    ])
    stop.abort()
    expect((await next).done).toBe(true)
  })

  test('throws when it is refused for good', async () => {
    const { done } = follow({}, [() => refusal(403, 'prohibido')])
    const thrown = await done.catch((error: unknown) => error)
    expect(thrown).toMatchObject({ name: 'ProblemError', problem: { codigo: 'prohibido' } })
  })

  test('ends without an error when it is aborted: before, while connecting, reading and waiting', async () => {
    const before = follow({ signal: AbortSignal.abort() })
    await before.done
    expect(before.asked).toEqual([])
    for (const stage of ['connecting', 'reading', 'waiting'] as const) {
      const stop = new AbortController()
      const first: Handler[] = []
      if (stage === 'connecting')
        first.push(
          ({ signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
            }),
        )
      const { line, states, done, waiting } = follow({ signal: stop.signal }, first)
      if (stage !== 'connecting') {
        const one = await line(1)
        one.send('id: 1\n\n')
        if (stage === 'waiting') {
          await turn()
          one.end()
          while (states.at(-1) !== 'waiting') await turn()
        }
      }
      await turn()
      stop.abort()
      await done
      expect(waiting.filter(({ ms }) => ms !== 20_000)).toEqual([])
    }
  })

  test('lets go of the line when the loop is left', async () => {
    const line = new Line()
    const { client, waiting } = prepare(() => line.response())
    const loop = (async () => {
      for await (const { numero } of client.eventos()) if (numero === 2) break
    })()
    await turn()
    line.event(1)
    line.event(2)
    await loop
    expect(line.closed).toBe(true)
    expect(waiting).toEqual([])
  })
})
