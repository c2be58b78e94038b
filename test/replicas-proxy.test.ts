import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPorts } from '@encargo/service-kit/run/config'
import { type ProcessName, processNames } from '@encargo/service-kit/run/together'
import { quietPorts } from '../scripts/chaos/ports.ts'

const nginx = Bun.which('nginx') ?? Bun.which('/usr/sbin/nginx')
const printed = await Bun.file(join(import.meta.dir, '../deploy/replicas.nginx.conf')).text()
const ports = { ...defaultPorts, tienda: 3000 }

/** A replica that tells which one it is, and what it was asked. */
const replica = (name: string, port: number) =>
  Bun.serve({
    hostname: '127.0.0.1',
    port,
    async fetch(request) {
      const { method, headers } = request
      if (new URL(request.url).pathname === '/eventos') return events()
      return Response.json({
        name,
        method,
        body: await request.text(),
        host: headers.get('host'),
        from: headers.get('x-forwarded-for'),
      })
    },
  })

/** A block at once and another only when the first was seen, which the test tells. */
let seen = Promise.withResolvers<void>()
function events(): Response {
  seen = Promise.withResolvers()
  const blocks = async function* () {
    yield 'data: 1\n\n'
    await seen.promise
    yield 'data: 2\n\n'
  }
  return new Response(blocks(), { headers: { 'content-type': 'text/event-stream' } })
}

/** Takes a request and ends the connection in the place of an answer. */
const failing = (port: number, asked: string[]) =>
  Bun.listen({
    hostname: '127.0.0.1',
    port,
    socket: {
      data(socket, bytes) {
        asked.push(bytes.toString().split(' ')[0] ?? '')
        socket.end()
      },
    },
  })

/** The configuration as it is, but on ports of this machine and with a folder of its own. */
function onThisMachine(
  folder: string,
  doors: Record<string, number>,
  replicas: Record<string, number[]>,
) {
  let text = printed.replaceAll('/run/nginx', folder).replace(/^ *resolver .*$/m, '')
  for (const name of processNames) {
    const line = new RegExp(`^ *server ${name}:\\d+ resolve (.*)$`, 'm')
    const servers = replicas[name]?.map((port) => `    server 127.0.0.1:${port} $1`) ?? []
    text = text
      .replace(line, servers.join('\n'))
      .replace(`listen ${ports[name]};`, `listen 127.0.0.1:${doors[name]};`)
  }
  return text
}

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-proxy-'))
  // Where root starts it, what it does is done by another user.
  chmodSync(folder, 0o711)
  const free = quietPorts(processNames.length * 3)
  const take = () => free.pop() ?? expect.unreachable()
  const doors = Object.fromEntries(processNames.map((name) => [name, take()]))
  const places = Object.fromEntries(processNames.map((name) => [name, [take(), take()]]))
  const running = new Map(
    Object.values(places).flatMap((pair, of) =>
      pair.map((port, n) => [port, replica(`${processNames[of]} ${n + 1}`, port)] as const),
    ),
  )
  const file = join(folder, 'nginx.conf')
  await Bun.write(file, onThisMachine(folder, doors, places))
  const process = Bun.spawn(
    [nginx ?? '', '-e', 'stderr', '-p', folder, '-c', file, '-g', 'daemon off;'],
    { stderr: 'ignore' },
  )
  const origin = (name: ProcessName) => `http://127.0.0.1:${doors[name]}`
  const answers = () =>
    fetch(origin('tienda')).then(
      ({ ok }) => ok,
      () => false,
    )
  while (process.exitCode === null && !(await answers()));
  return {
    origin,
    /** Ends one of the two of a service, and puts what is made in its place. */
    async replace<T>(name: ProcessName, other: (port: number) => T): Promise<T> {
      const [port = 0] = places[name] ?? []
      await running.get(port)?.stop(true)
      return other(port)
    },
    async stop() {
      process.kill('SIGTERM')
      await process.exited
      for (const one of running.values()) await one.stop(true)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

if (nginx === null) console.log('left out: the proxy of deploy/, as nginx is not here')
else {
  describe('the proxy of the composition with replicas', () => {
    let proxy: Awaited<ReturnType<typeof start>>
    beforeAll(async () => {
      proxy = await start()
    })
    afterAll(() => proxy.stop())

    const ask = async (name: ProcessName, init: RequestInit = {}) => {
      const answer = await fetch(proxy.origin(name), init)
      return answer.ok ? ((await answer.json()) as Record<string, unknown>) : answer.status
    }
    const many = (name: ProcessName, init: RequestInit) =>
      Promise.all(Array.from({ length: 20 }, () => ask(name, init)))
    const whoAnswers = async (name: ProcessName, init: RequestInit = {}) => {
      const all = await many(name, init)
      return [...new Set(all.map((one) => (typeof one === 'number' ? one : one['name'])))].sort()
    }

    test('shares what comes between the two of each', async () => {
      for (const name of processNames) {
        expect(await whoAnswers(name)).toEqual([`${name} 1`, `${name} 2`])
      }
    })

    test('passes on who asks, and by which name', async () => {
      const headers = { 'x-forwarded-for': '203.0.113.7', host: 'tienda.example:8443' }
      const told = await ask('tienda', { headers })
      expect(told).toMatchObject({ from: '203.0.113.7', host: 'tienda.example:8443' })
      expect(await ask('auth')).toMatchObject({ from: null })
    })

    test('sends events as they happen', async () => {
      const { body } = await fetch(`${proxy.origin('pedidos')}/eventos`)
      const reader = (body ?? expect.unreachable()).pipeThrough(new TextDecoderStream()).getReader()
      expect((await reader.read()).value).toBe('data: 1\n\n')
      seen.resolve()
      expect((await reader.read()).value).toBe('data: 2\n\n')
    })

    test('takes what is as large as anything that a service takes', async () => {
      const body = 'x'.repeat(16 * 1024 * 1024)
      const told = await ask('tienda', { method: 'POST', body })
      expect(told).toMatchObject({ body, method: 'POST' })
    })

    test('goes to the other when one is gone, whatever is asked', async () => {
      await proxy.replace('inventario', () => undefined)
      for (const method of ['GET', 'POST'])
        expect(await whoAnswers('inventario', { method })).toEqual(['inventario 2'])
    })

    test('asks the other what one failed with, unless that may not be asked twice', async () => {
      const asked: string[] = []
      const take = (port: number) => failing(port, asked)
      const failed = [await proxy.replace('productos', take), await proxy.replace('auth', take)]
      expect(await whoAnswers('productos')).toEqual(['productos 2'])
      expect(asked.splice(0)).toContain('GET')
      // Each is asked in its turn, and what fails has a rest then.
      const told = [await ask('auth', { method: 'POST' }), await ask('auth', { method: 'POST' })]
      expect(told).toContain(502)
      expect(told).toContainEqual(expect.objectContaining({ name: 'auth 2' }))
      expect(asked).toEqual(['POST'])
      for (const one of failed) one.stop(true)
    })
  })
}
