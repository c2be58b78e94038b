import { spread } from '../stats.ts'
import { Connection, requestText } from './connection.ts'
import type { Job, LoadResult, Pace } from './job.ts'

/** Runs one job in this process. Rejects when not even one connection can be had. */
export async function runJob(job: Job): Promise<LoadResult> {
  const tally = new Tally()
  const cpuAt = process.cpuUsage()
  const { elapsedMs, unsent } = await runPace(job, tally)
  const cpu = process.cpuUsage(cpuAt)
  return {
    elapsedMs,
    unsent,
    ...tally.result(),
    generatorCpuSeconds: (cpu.user + cpu.system) / 1e6,
  }
}

class Tally {
  readonly #accepted: number[] = []
  readonly #refused: number[] = []
  readonly #statuses: Record<string, number> = {}

  add(status: number, ms: number): void {
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
    if (status === 201 || status === 200) this.#accepted.push(ms)
    else this.#refused.push(ms)
  }

  result() {
    return {
      statuses: this.#statuses,
      accepted: spread(this.#accepted),
      refused: spread(this.#refused),
    }
  }
}

/** Purchase number `serial`: its shopper, and products that change from one to the next. */
const newKey = { v7: () => Bun.randomUUIDv7(), v4: () => crypto.randomUUID() } as const

function purchase(job: Job, host: string, serial: number): string {
  const { tokens, productIds, lines, wish } = job
  const first = (serial * 7919) % productIds.length
  const lineas = Array.from({ length: Math.min(lines, productIds.length) }, (_, at) => ({
    productoId: productIds[(first + at) % productIds.length],
    cantidad: 1,
  }))
  const token = tokens[serial % tokens.length]
  return requestText({
    method: 'POST',
    path: wish?.path ?? '/pedidos',
    host,
    body: JSON.stringify({ lineas, ...wish?.more }),
    ...(token !== undefined && { token }),
    ...(job.keys !== 'none' && { idempotencyKey: newKey[job.keys]() }),
  })
}

/** Sends one purchase and counts how it ended; a broken connection is counted, not thrown. */
async function buy(job: Job, connection: Connection, serial: number, tally: Tally): Promise<void> {
  const request = purchase(job, connection.host, serial)
  const sentAt = performance.now()
  try {
    const { status } = await connection.send(request)
    tally.add(status, performance.now() - sentAt)
  } catch {
    tally.add(0, performance.now() - sentAt)
  }
}

/** Keeps asking with `next` on one connection, and on a new one when it was closed. */
async function shop(job: Job, tally: Tally, first: Connection, next: () => number | undefined) {
  let connection = first
  for (let serial = next(); serial !== undefined; serial = next()) {
    if (!connection.open) connection = await Connection.open(connection.origin)
    await buy(job, connection, serial, tally)
  }
  connection.close()
}

async function shopAll(job: Job, tally: Tally, count: number, next: () => number | undefined) {
  const connections = await Connection.openAll(job.origins, count)
  const startedAt = performance.now()
  await Promise.all(connections.map((connection) => shop(job, tally, connection, next)))
  return { elapsedMs: performance.now() - startedAt, unsent: 0 }
}

type Run<K extends Pace['kind']> = (
  job: Job,
  tally: Tally,
  pace: Extract<Pace, { kind: K }>,
) => Promise<{ elapsedMs: number; unsent: number }>

const runClosed: Run<'closed'> = (job, tally, { connections, durationMs }) => {
  const serials = fromRandom()
  let until: number | undefined
  return shopAll(job, tally, connections, () => {
    until ??= performance.now() + durationMs
    return performance.now() < until ? serials() : undefined
  })
}

const runOnce: Run<'once'> = (job, tally, { connections, total }) => {
  let serial = 0
  return shopAll(job, tally, connections, () => (serial < total ? serial++ : undefined))
}

/** Requests leave when they are due, in steps of a few milliseconds, over whatever is idle. */
const runOpen: Run<'open'> = async (job, tally, { perSecond, maxConnections, durationMs }) => {
  const serials = fromRandom()
  const idle = await Connection.openAll(job.origins, Math.min(maxConnections, 128))
  let count = idle.length
  let unsent = 0
  const running = new Set<Promise<void>>()
  const one = async () => {
    let connection = idle.pop()
    if (!connection?.open) {
      const origin = connection?.origin ?? job.origins[count++ % job.origins.length] ?? ''
      connection = await Connection.open(origin)
    }
    await buy(job, connection, serials(), tally)
    idle.push(connection)
  }
  const startedAt = performance.now()
  let due = 0
  for (;;) {
    const elapsed = performance.now() - startedAt
    const target = Math.floor((Math.min(elapsed, durationMs) / 1000) * perSecond)
    for (; due < target; due++) {
      if (idle.length === 0 && count >= maxConnections) unsent++
      else {
        const sent = one().catch(() => tally.add(0, 0))
        running.add(sent)
        void sent.then(() => running.delete(sent))
      }
    }
    if (elapsed >= durationMs) break
    await Bun.sleep(2)
  }
  await Promise.all(running)
  for (const connection of idle) connection.close()
  return { elapsedMs: performance.now() - startedAt, unsent }
}

/** Consecutive numbers from a start that differs from run to run, so that runs share no products. */
function fromRandom(): () => number {
  let serial = Math.floor(Math.random() * 1e6)
  return () => serial++
}

function runPace(job: Job, tally: Tally) {
  const { pace } = job
  if (pace.kind === 'closed') return runClosed(job, tally, pace)
  if (pace.kind === 'once') return runOnce(job, tally, pace)
  return runOpen(job, tally, pace)
}
