import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { serve } from '@encargo/service-kit/http/serve'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { crearTienda } from './fakes.ts'

const nginx = Bun.which('nginx') ?? Bun.which('/usr/sbin/nginx')

const pagina = join(import.meta.dir, '../../../docs/operations.md')
const impresa = /```nginx\n([\s\S]*?)```/.exec(await Bun.file(pagina).text())?.[1] ?? ''

const tokens = {
  access_token: 'acceso',
  token_type: 'Bearer',
  expires_in: 600,
  refresh_token: 'renovar',
}

function puertoLibre(): number {
  const servidor = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port = 0 } = servidor
  void servidor.stop(true)
  return port
}

const carpeta = mkdtempSync(join(tmpdir(), 'encargo-nginx-'))
const [fuera, enMedio] = [puertoLibre(), puertoLibre()]
const { aplicacion, pedidas } = crearTienda(() => Response.json(tokens))
const tienda = serve(aplicacion, {
  name: 'tienda',
  hostname: '127.0.0.1',
  port: 0,
  logger: silentLogger,
  trustProxy: trustedProxies('loopback'),
  close: () => Promise.resolve(),
})

/** What is printed, on a port of this machine and without the certificate that it has not. */
const enPuerto = (puerto: number, detras: string) =>
  impresa
    .replace('443 ssl http2', `127.0.0.1:${puerto}`)
    .replace(/^ *ssl_certificate.*$/gm, '')
    .replace('http://127.0.0.1:3000', detras)

/** One that stands between two others, as the page says. */
const interior = enPuerto(enMedio, tienda.url).replace(/^ *proxy_set_header X-.*$/gm, '')

function configuracion(servidores: string): string {
  const temporales = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const rutas = temporales.map((nombre) => `${nombre}_temp_path ${carpeta}/${nombre};`)
  return `daemon off; pid ${carpeta}/pid; error_log stderr;
events {}
http { access_log off; ${rutas.join(' ')}
${servidores}
}`
}

/** Runs it with these servers, until `usar` is done. */
async function con(servidores: string, usar: () => Promise<void>): Promise<void> {
  const archivo = join(carpeta, 'nginx.conf')
  await Bun.write(archivo, configuracion(servidores))
  const proceso = Bun.spawn([nginx ?? '', '-e', 'stderr', '-p', carpeta, '-c', archivo], {
    stderr: 'ignore',
  })
  try {
    const origen = `http://127.0.0.1:${fuera}/livez`
    const responde = () =>
      fetch(origen).then(
        ({ ok }) => ok,
        () => false,
      )
    while (proceso.exitCode === null && !(await responde()));
    await usar()
  } finally {
    proceso.kill('SIGTERM')
    await proceso.exited
  }
}

async function entrar() {
  const origen = `http://127.0.0.1:${fuera}`
  const respuesta = await fetch(`${origen}/api/sesion/login`, {
    method: 'POST',
    headers: { origin: origen, 'x-forwarded-for': '203.0.113.7' },
    body: JSON.stringify({ email: 'a@b.c', password: 'bien' }),
  })
  expect([respuesta.status, respuesta.headers.has('set-cookie')]).toEqual([200, true])
  // What the visitor wrote there is not believed.
  expect(pedidas.at(-1)?.headers.get('x-forwarded-for')).toBe('127.0.0.1')
}

if (nginx === null) console.log('left out: nginx as docs/operations.md has it, which is not here')
else {
  describe('nginx as docs/operations.md prints it, on another port', () => {
    test('signs in, and says who asks', () => con(enPuerto(fuera, tienda.url), entrar), 30_000)

    test('so do two of them, one behind the other', () => {
      const dos = enPuerto(fuera, `http://127.0.0.1:${enMedio}`) + interior
      return con(dos, entrar)
    }, 30_000)
  })
}

beforeAll(() => {
  expect(impresa).toContain('proxy_set_header Host')
})
afterAll(async () => {
  await tienda.stop()
  rmSync(carpeta, { recursive: true, force: true })
})
