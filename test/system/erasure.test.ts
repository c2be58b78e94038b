import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { auditData } from '../../scripts/audit/audit.ts'
import { type OneProcess, startInOneProcess } from './one-process.ts'
import { bearer, login, loginAdmin, must, newProduct, refusal } from './walk.ts'

const direccionEnvio = {
  nombre: 'Zoraida Quispe',
  calle: 'Pasaje Ombligo 77',
  ciudad: 'Villasola',
  pais: 'EC',
  telefono: '+593 99 777 0101',
}
const person = {
  email: 'zoraida@quispe.example',
  password: 'frase-larga-de-quien-se-va',
  nombre: 'Zoraida Quispe',
  cedula: 'EC-0912345678',
  telefono: '+593 99 777 0101',
}
const notas = 'Preguntar por Fulgencio en la porteria'
const motivo = 'Me mudo a Andamarca'
const traces = [
  'zoraida',
  'quispe',
  'ombligo',
  'villasola',
  '7770101',
  'fulgencio',
  'andamarca',
  'ec-0912345678',
  'ec0912345678',
]

describe('erasing an account', () => {
  let system: OneProcess
  beforeAll(async () => {
    system = await startInOneProcess()
  })
  afterAll(() => system.stop())

  /** Which traces of the person are in which file, write-ahead logs included. */
  async function found(): Promise<string[]> {
    const entries = readdirSync(system.folder, { withFileTypes: true })
    const files = entries.filter((one) => one.isFile() && !one.name.endsWith('-shm'))
    const hits = files.map(async ({ name }) => {
      const text = (await Bun.file(join(system.folder, name)).text()).toLowerCase()
      return traces.filter((trace) => text.includes(trace)).map((trace) => `${name}: ${trace}`)
    })
    return (await Promise.all(hits)).flat()
  }

  test('takes the person out of every database and leaves the books', async () => {
    const { clients, tick } = system
    const { auth, pedidos } = clients
    const { id } = must(await auth.register.post(person))
    const { headers } = await login(clients, person)
    const staff = (await loginAdmin(clients)).headers
    const productoId = await newProduct(clients, 1250, 10)
    const lineas = [{ productoId, cantidad: 2 }]
    const order = { lineas, notas, direccionEnvio }
    const keyed = { headers: { ...headers, 'idempotency-key': 'de-zoraida' } }
    const first = must(await pedidos.pedidos.post(order, keyed))
    const second = must(await pedidos.pedidos.post(order, { headers }))
    must(
      await pedidos.pedidos({ id: second.id }).patch({ estado: 'Cancelado', motivo }, { headers }),
    )
    const places = await found()
    expect(places.some((one) => one.startsWith('pedidos.db'))).toBe(true)
    expect(places.some((one) => one.startsWith('auth.db'))).toBe(true)

    const answer = await auth.usuarios({ id }).delete({}, { headers: staff })
    expect(answer.status).toBe(204)
    await tick()

    expect(await found()).toEqual([])
    const books = { clienteId: id, total: 2500, notas: null, direccionEnvio: null, motivo: null }
    for (const { id: one, lineas: sold } of [first, second]) {
      const seen = must(await pedidos.pedidos({ id: one }).get({ headers: staff }))
      expect(seen).toMatchObject({ ...books, lineas: sold })
      const story = must(await pedidos.pedidos({ id: one }).explicacion.get({ headers: staff }))
      expect(JSON.stringify(story)).toContain(id)
      expect(traces.filter((trace) => JSON.stringify(story).toLowerCase().includes(trace))).toEqual(
        [],
      )
    }
    expect(await auditData(system.folder)).toMatchObject({ clean: true, discrepancies: [] })
    const query = { q: 'zoraida', limite: 50 }
    expect(must(await pedidos.pedidos.get({ query, headers: staff })).datos).toEqual([])
    const late = await pedidos.pedidos.post(order, { headers })
    expect(refusal(late)).toEqual({ status: 403, codigo: 'cliente-inactivo' })
    expect(await found()).toEqual([])
  })

  test('is told to service accounts that read users, by id alone', async () => {
    const { headers } = await loginAdmin(system.clients)
    const query = { limite: 50 }
    const list = must(await system.clients.auth.usuarios.borrados.get({ query, headers }))
    expect(list.datos.map((one) => Object.keys(one).sort())).toEqual([['eliminadoEn', 'id']])
    const nobody = await system.clients.auth.usuarios.borrados.get({ query, headers: bearer('x') })
    expect(nobody.status).toBe(401)
  })
})
