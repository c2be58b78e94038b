import { expect, test } from 'bun:test'
import {
  admin,
  cliente,
  openWarehouse,
  operador,
  otroServicio,
  servicio,
  tokens,
} from './fixture.ts'

const id = Bun.randomUUIDv7()
const callers = { admin, operador, cliente, servicio, otroServicio }
type Caller = keyof typeof callers
const personal: Caller[] = ['admin', 'operador']

/** Every route of the contract with those who may use it; the others get 403, nobody gets 401. */
const routes: [method: string, path: string, allowed: Caller[]][] = [
  ['POST', '/inventario', personal],
  ['GET', '/inventario', [...personal, 'servicio']],
  ['GET', '/inventario/resumen', personal],
  ['GET', `/inventario/movimientos?pedidoId=${id}`, personal],
  ['GET', `/inventario/${id}`, personal],
  ['PATCH', `/inventario/${id}`, personal],
  ['GET', `/inventario/${id}/movimientos`, personal],
  ['GET', `/inventario/${id}/reservas`, personal],
  ['POST', '/inventario/importacion', personal],
  ['GET', '/inventario/exportacion', personal],
  ['GET', '/auditoria', personal],
  ['PUT', `/reservas/${id}`, ['servicio']],
  ['PUT', '/reservas', ['servicio']],
  ['POST', `/reservas/${id}/confirmar`, ['servicio']],
  ['POST', `/reservas/${id}/liberar`, ['servicio']],
  ['POST', `/reservas/${id}/prorrogar`, ['servicio']],
  ['PUT', `/devoluciones/${id}`, ['servicio']],
  ['GET', `/reservas/${id}`, [...personal, 'servicio']],
  ['GET', '/reservas?estado=activa', [...personal, 'servicio']],
]

for (const [method, path, allowed] of routes) {
  const shown = path.replace(id, ':id')
  test(`lets ${allowed.join(', ')} and nobody else use ${method} ${shown}`, async () => {
    const { send } = await openWarehouse()
    const nobody = await send(method, path)
    expect([nobody.status, nobody.json.codigo]).toEqual([401, 'no-autenticado'])
    expect(nobody.headers.get('www-authenticate')).toStartWith('Bearer')
    for (const [name, headers] of Object.entries(callers)) {
      const { status, json } = await send(method, path, { headers })
      if (allowed.some((one) => one === name)) expect([401, 403]).not.toContain(status)
      else expect([name, status, json.codigo]).toEqual([name, 403, 'prohibido'])
    }
  })
}

test('lets anyone ask what can be bought, but not with a token that is no good', async () => {
  const { send } = await openWarehouse()
  const path = `/disponibilidad?ids=${id}`
  expect((await send('GET', path)).status).toBe(200)
  expect((await send('GET', path, { headers: cliente })).status).toBe(200)
  const authorization = `Bearer ${await tokens.token({ rol: 'admin' }, { exp: 1_000 })}`
  expect((await send('GET', path, { headers: { authorization } })).status).toBe(401)
})

test('refuses tokens that are expired or forged before it looks at the request', async () => {
  const { send } = await openWarehouse()
  const old = await tokens.token({ rol: 'admin' }, { exp: 1_000 })
  const good = await tokens.token({ rol: 'admin' })
  for (const token of [old, `${good.slice(0, -8)}AAAAAAAA`, 'x', '']) {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await send('PATCH', '/inventario/not-a-uuid', { headers, body: '{' })
    expect([401, 400]).toContain(answer.status)
    const listed = await send('GET', '/inventario?limite=x', { headers })
    expect([listed.status, listed.json.codigo]).toEqual([401, 'no-autenticado'])
  }
})

test('describes every route in OpenAPI, with who may use it', async () => {
  const { app } = await openWarehouse()
  const response = await app.handle(new Request('http://localhost/openapi/json'))
  const { paths }: { paths: Record<string, Record<string, Record<string, unknown>>> } = JSON.parse(
    await response.text(),
  )
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  )
  const own = described.filter(({ path }) =>
    /^\/(inventario|reservas|devoluciones|disponibilidad|auditoria)/.test(path),
  )
  expect(own).toHaveLength(routes.length + 1)
  for (const { operation } of own) {
    expect(operation['summary']).toBeString()
    expect(operation['x-acceso']).toBeString()
  }
})
