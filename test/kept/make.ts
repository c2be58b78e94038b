import { Database } from 'bun:sqlite'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cuentas } from '../../scripts/demo/cuentas.ts'
import { childOf, freshEnvironment } from '../system/harness.ts'

const [tree, folder] = process.argv.slice(2)
if (!tree || !folder) {
  console.log('Usage: bun test/kept/make.ts <a checkout of the version> <the folder to make>')
  process.exit(1)
}
const names = ['auth', 'productos', 'inventario', 'pedidos'] as const

// A process each, as those that stop are named. The mail server answers nobody, and an order of somebody
// unconfirmed soon runs out.
const { env, origins, dataDir, remove } = freshEnvironment({
  NODE_ENV: 'development',
  PROCESO: 'varios',
  ADMIN_EMAIL: '',
  ADMIN_PASSWORD: '',
  RESERVA_TTL_SIN_CONFIRMAR_SEGUNDOS: '10',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Casa Capulí <tienda@encargo.example>',
  PASSWORD_RESET_URL: 'http://127.0.0.1:3000/restablecer',
})

type Answer = Record<string, unknown> & { readonly id: string }

/** Asks by HTTP alone, which is the same in all versions. */
async function ask(url: string, token: string | undefined, method = 'GET', body?: object) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token) headers['authorization'] = `Bearer ${token}`
  const sent = body === undefined ? null : JSON.stringify(body)
  const answer = await fetch(url, { method, headers, body: sent })
  const text = await answer.text()
  return { status: answer.status, told: (text ? JSON.parse(text) : {}) as Answer }
}

async function must(...args: Parameters<typeof ask>): Promise<Answer> {
  const { status, told } = await ask(...args)
  if (status < 300) return told
  throw new Error(`${args[2] ?? 'GET'} ${args[0]}: ${status} ${JSON.stringify(told)}`)
}

/** The change is recorded, and goes on when inventario is back. */
async function away(...args: Parameters<typeof ask>): Promise<void> {
  const { status, told } = await ask(...args)
  if (status !== 503) throw new Error(`not away: ${status} ${JSON.stringify(told)}`)
}

async function login(who: { email: string; password: string }): Promise<string> {
  const { email, password } = who
  const { access_token } = await must(`${origins.auth}/login`, '', 'POST', { email, password })
  return String(access_token)
}

/** Somebody new, whose address nobody has confirmed: a mail is owed. */
async function register(nombre: string) {
  const who = { email: `${nombre}@correo.example`, password: 'una-frase-larga-y-suya', nombre }
  const { id } = await must(`${origins.auth}/register`, '', 'POST', who)
  return { id, token: await login(who) }
}

const pedidos = `${origins.pedidos}/pedidos`
const buy = (token: string, productoId: string, cantidad = 1) =>
  must(pedidos, token, 'POST', {
    lineas: [{ productoId, cantidad }],
    notas: 'Dejar con la vecina',
    direccionEnvio: { nombre: 'A', calle: 'Larga 1', ciudad: 'Cuenca', pais: 'EC' },
  })

/** Asks pedidos what it waits for until that is so. */
async function waiting(wanted: Record<string, number>): Promise<void> {
  for (;;) {
    const { told } = await ask(`${origins.pedidos}/readyz`, undefined)
    const found = JSON.stringify(told)
    if (Object.entries(wanted).every(([name, n]) => found.includes(`"${name}":${n}`))) return
    // What other processes do takes real time.
    await Bun.sleep(250)
  }
}

/** A reservation that no order stands behind, as pedidos leaves one that dies before it writes. */
async function reserveForNobody(productoId: string): Promise<void> {
  const { pedidos: secret } = await Bun.file(join(dataDir, 'credenciales.json')).json()
  const { access_token } = await must(`${origins.auth}/token`, '', 'POST', {
    grant_type: 'client_credentials',
    client_id: 'pedidos',
    client_secret: secret,
  })
  const lineas = [{ productoId, cantidad: 1 }]
  const url = `${origins.inventario}/reservas/${Bun.randomUUIDv7()}`
  await must(url, String(access_token), 'PUT', { lineas, expiraEnSegundos: 86_400 })
}

async function sell(signal: (name: 'inventario' | 'pedidos', what: NodeJS.Signals) => void) {
  const [ana, operador, admin] = await Promise.all(
    [cuentas.cliente, cuentas.operador, cuentas.admin].map(login),
  )
  const { datos } = await must(`${origins.productos}/productos?q=tazas`, undefined)
  const [taza = ''] = (datos as Answer[]).map(({ id }) => id)
  const staff = (id: string, how: object) => must(`${pedidos}/${id}`, operador, 'PATCH', how)

  const later = new Date(Date.now() + 7 * 86_400_000).toISOString()
  const hold = ({ id }: Answer) =>
    must(`${pedidos}/${id}/prorrogar`, operador, 'POST', { expiraEn: later })
  await hold(await buy(String(ana), taza))
  await staff((await buy(String(ana), taza)).id, { estado: 'Completado' })
  const [completing, cancelling] = [await buy(String(ana), taza), await buy(String(ana), taza)]
  const [eva, leo, sara] = [await register('Eva'), await register('Leo'), await register('Sara')]
  await hold(await buy(eva.token, taza))
  await reserveForNobody(taza)

  // Who reads the write-ahead log holds up the end of an erasure.
  const reader = new Database(join(dataDir, 'pedidos.db'), { readonly: true })
  reader.run('BEGIN')
  reader.query('SELECT count(*) FROM pedidos').get()
  await must(`${origins.auth}/usuarios/${eva.id}`, admin, 'DELETE', {})
  await waiting({ clientesPorBorrar: 1 })

  await buy(leo.token, taza)
  await buy(sara.token, taza)
  signal('inventario', 'SIGSTOP')
  await away(`${pedidos}/${completing.id}`, operador, 'PATCH', { estado: 'Completado' })
  await away(`${pedidos}/${cancelling.id}`, operador, 'PATCH', { estado: 'Cancelado' })
  await away(pedidos, ana, 'POST', { lineas: [{ productoId: taza, cantidad: 1 }] })
  await waiting({ completar: 1, cancelar: 1, expirar: 2, reservasPorLiberar: 1 })
  signal('pedidos', 'SIGSTOP')
  await must(`${origins.auth}/usuarios/${leo.id}`, admin, 'DELETE', {})
  return () => reader.close()
}

const dev = Bun.spawn([process.execPath, 'scripts/dev.ts'], { cwd: tree, env, stdout: 'pipe' })
let text = ''
for await (const chunk of dev.stdout) {
  text += new TextDecoder().decode(chunk)
  if (text.includes('Ctrl-C stops everything')) break
}
const pids = Object.fromEntries(
  names.map((name) => [name, childOf(dev.pid, `apps/${name}/src/main.ts`)]),
)
const release = await sell((name, what) => process.kill(pids[name] ?? 0, what))
for (const pid of [dev.pid, ...Object.values(pids)]) process.kill(pid, 'SIGKILL')
await dev.exited
release()
mkdirSync(folder, { recursive: true })
for (const name of names) {
  const file = join(dataDir, `${name}.db`)
  const database = new Database(file)
  // Who was killed may still be on the way out.
  database.run('PRAGMA busy_timeout = 5000')
  database.run('VACUUM')
  database.close()
  const packed = Bun.gzipSync(await Bun.file(file).bytes(), { level: 9 })
  await Bun.write(join(folder, `${name}.db.gz`), packed)
}
remove()
