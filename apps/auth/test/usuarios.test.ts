import { describe, expect, test } from 'bun:test'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { bearer, clave, createHarness, type Harness, persona, refusal, renewal } from './fixture.ts'

const limite = 50

async function asService({ sign }: Harness, scopes: ['usuarios:leer'] | ['pedidos:completar']) {
  return bearer(await sign({ tipo: 'servicio', id: 'pedidos', scopes }))
}

describe('GET /usuarios', () => {
  test('lists the newest first, a page at a time, stable while somebody registers', async () => {
    const harness = await createHarness()
    const { headers } = await harness.admin()
    for (const nombre of ['Uno', 'Dos', 'Tres']) await harness.cliente(persona({ nombre }))
    const first = await harness.api.usuarios.get({ headers, query: { limite: 2 } })
    await harness.cliente(persona({ nombre: 'Cuatro' }))
    const cursor = first.data?.siguiente ?? ''
    const second = await harness.api.usuarios.get({ headers, query: { limite: 2, cursor } })
    const names = [first, second].map((page) => page.data?.datos.map(({ nombre }) => nombre))
    expect(names).toEqual([
      ['Tres', 'Dos'],
      ['Uno', 'Administración'],
    ])
    expect(second.data?.siguiente).toBeNull()
  })

  test('finds by the start of words in name and e-mail, accents and case ignored', async () => {
    const { api, admin, cliente } = await createHarness()
    const { headers } = await admin()
    const ana = await cliente({
      ...persona({ nombre: 'Ana Gómez' }),
      email: 'ana.g@tienda.example',
    })
    await cliente(persona({ nombre: 'Luis Pérez' }))
    const found = async (q: string) =>
      (await api.usuarios.get({ headers, query: { limite, q } })).data?.datos.map(({ id }) => id)
    for (const q of ['GOMEZ', 'gom an', 'ana.g@tienda', 'tienda'])
      expect(await found(q)).toEqual([ana.id])
    for (const q of ['mez', '" OR *', 'NEAR(', '%', "' OR 1=1"]) expect(await found(q)).toEqual([])
  })

  test('finds by a telephone however it is written, by the whole identity number, and by no part of one', async () => {
    const { api, admin, cliente } = await createHarness()
    const { headers } = await admin()
    const ana = await cliente(persona({ cedula: '1708765432', telefono: '+593 99 123 4567' }))
    const luis = await cliente(persona({ telefono: '(02) 200-0101' }))
    const found = async (q: string) =>
      (await api.usuarios.get({ headers, query: { limite, q } })).data?.datos.map(({ id }) => id)
    for (const q of ['0991234567', '+593991234567', '99 123 4567', '1234567', '1708765432']) {
      expect([q, await found(q)]).toEqual([q, [ana.id]])
    }
    for (const q of ['022000101', '+593 2 200 0101', '200-0101'])
      expect([q, await found(q)]).toEqual([q, [luis.id]])
    for (const q of ['1234', '170876543']) expect([q, await found(q)]).toEqual([q, []])
  })

  test('filters by cedula, role and state', async () => {
    const { api, send, admin, cliente } = await createHarness()
    const { headers, id: adminId } = await admin()
    const ana = await cliente(persona({ cedula: '0912345678' }))
    const luis = await cliente()
    await send(`/usuarios/${luis.id}`, 'PATCH', { activo: false }, headers)
    const ids = async (query: { cedula?: string; rol?: Rol; activo?: boolean }) =>
      (await api.usuarios.get({ headers, query: { limite, ...query } })).data?.datos.map(
        ({ id }) => id,
      )
    expect(await ids({ cedula: '0912345678' })).toEqual([ana.id])
    expect(await ids({ rol: 'admin' })).toEqual([adminId])
    expect(await ids({ activo: false })).toEqual([luis.id])
    expect(await ids({ activo: true, rol: 'cliente' })).toEqual([ana.id])
  })

  test('gives up to 200 by id in the order asked, without the unknown ones', async () => {
    const { api, admin, cliente } = await createHarness()
    const { headers } = await admin()
    const [ana, luis] = [await cliente(), await cliente()]
    const ids = `${luis.id.toUpperCase()},${Bun.randomUUIDv7()},${ana.id}`
    const answer = await api.usuarios.get({ headers, query: { limite, ids } })
    expect(answer.data?.datos.map(({ id }) => id)).toEqual([luis.id, ana.id])
    const many = Array.from({ length: 201 }, () => Bun.randomUUIDv7()).join(',')
    expect((await api.usuarios.get({ headers, query: { limite, ids: many } })).status).toBe(422)
  })

  test.each([
    'cursor=basura',
    `cursor=${Buffer.from('{"id":1}').toString('base64url')}`,
    'limite=0',
    'limite=201',
    'limite=1e2x',
    'rol=jefe',
    'activo=quizas',
    'ids=uno,dos',
    'pagina=2',
  ])('refuses the query %s', async (query) => {
    const { send, admin } = await createHarness()
    const { headers } = await admin()
    const answer = await send(`/usuarios?${query}`, 'GET', undefined, headers)
    expect(await refusal(answer)).toBe('422 datos-invalidos')
  })
})

describe('who may see and change users', () => {
  test('staff and the scope usuarios:leer read; nobody else does', async () => {
    const harness = await createHarness()
    const { send, admin, cliente } = harness
    const [jefa, ana] = [await admin(), await cliente()]
    const path = `/usuarios/${ana.id}`
    const status = async (headers: object) => (await send(path, 'GET', undefined, headers)).status
    expect(await status(jefa.headers)).toBe(200)
    expect(await status(await asService(harness, ['usuarios:leer']))).toBe(200)
    expect(await status(await asService(harness, ['pedidos:completar']))).toBe(403)
    expect(await status(ana.headers)).toBe(403)
    expect(await status({})).toBe(401)
  })

  test('only an admin changes and erases', async () => {
    const harness = await createHarness()
    const { send, admin, cliente, login } = harness
    const [jefa, ana, luis] = [await admin(), await cliente(), await cliente()]
    await send(`/usuarios/${luis.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    const operador = bearer((await login(luis.email)).access_token)
    const path = `/usuarios/${ana.id}`
    for (const headers of [operador, ana.headers, await asService(harness, ['usuarios:leer'])]) {
      expect((await send(path, 'PATCH', { rol: 'admin' }, headers)).status).toBe(403)
      expect((await send(path, 'DELETE', undefined, headers)).status).toBe(403)
    }
  })
})

describe('PATCH /usuarios/:id', () => {
  test('changes what is given and nothing else', async () => {
    const { send, admin, cliente } = await createHarness()
    const { headers } = await admin()
    const ana = await cliente()
    const changes = { rol: 'operador', cedula: '0987654321', nombre: 'Ana G.' }
    const answer = await send(`/usuarios/${ana.id.toUpperCase()}`, 'PATCH', changes, headers)
    expect(answer.headers.get('etag')).toBe('"2"')
    expect(await answer.json()).toMatchObject({ ...changes, email: ana.email, activo: true })
  })

  test('lets an admin vouch for an address, for good, which the log keeps', async () => {
    const { send, store, admin, cliente } = await createHarness()
    const [jefa, ana] = [await admin(), await cliente()]
    const edit = async (cambios: object) =>
      (await send(`/usuarios/${ana.id}`, 'PATCH', cambios, jefa.headers)).json()
    expect(await edit({ emailConfirmado: true })).toMatchObject({ emailConfirmado: true })
    expect(await edit({ nombre: 'Ana P.' })).toMatchObject({ emailConfirmado: true })
    expect(await edit({ emailConfirmado: false })).toMatchObject({ status: 422 })
    const told = await store.auditoria.listar({ accion: 'email-confirmado', limite: 9 })
    expect(told.map(({ actorId, sujetoId }) => [actorId, sujetoId])).toEqual([[jefa.id, ana.id]])
  })

  test('refuses a cedula of somebody else, an unknown id and a version that has passed', async () => {
    const { send, admin, cliente } = await createHarness()
    const { headers } = await admin()
    await cliente(persona({ cedula: '0912345678' }))
    const path = `/usuarios/${(await cliente()).id}`
    const taken = await send(path, 'PATCH', { cedula: '0912345678' }, headers)
    expect(await refusal(taken)).toBe('409 cedula-en-uso')
    const unknown = await send(
      `/usuarios/${Bun.randomUUIDv7()}`,
      'PATCH',
      { rol: 'admin' },
      headers,
    )
    expect(await refusal(unknown)).toBe('404 no-encontrado')
    const old = await send(path, 'PATCH', { nombre: 'X' }, { ...headers, 'if-match': '"7"' })
    expect(await refusal(old)).toBe('412 version-distinta')
    const wrongId = await send('/usuarios/1', 'PATCH', { nombre: 'X' }, headers)
    expect(await refusal(wrongId)).toBe('422 datos-invalidos')
  })

  test.each([{ activo: false }, { rol: 'cliente' }])(
    'keeps the last admin from %p',
    async (body) => {
      const { send, admin } = await createHarness()
      const { id, headers } = await admin()
      const answer = await send(`/usuarios/${id}`, 'PATCH', body, headers)
      expect(await refusal(answer)).toBe('409 ultimo-admin')
    },
  )

  test('leaves one admin when two take each other away at once', async () => {
    const { send, api, admin, cliente, login } = await createHarness()
    const [one, ana] = [await admin(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'admin' }, one.headers)
    const other = bearer((await login(ana.email)).access_token)
    const answers = await Promise.all([
      send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'cliente' }, one.headers),
      send(`/usuarios/${one.id}`, 'DELETE', undefined, other),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([200, 409])
    const left = await api.usuarios.get({ headers: one.headers, query: { limite, rol: 'admin' } })
    expect(left.data?.datos.map(({ id }) => id)).toEqual([one.id])
  })

  test('an admin who was demoted changes nothing with a token from before', async () => {
    const { send, admin, cliente, login } = await createHarness()
    const [one, ana, luis] = [await admin(), await cliente(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'admin' }, one.headers)
    const former = bearer((await login(ana.email)).access_token)
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'cliente' }, one.headers)
    const answer = await send(`/usuarios/${luis.id}`, 'PATCH', { rol: 'admin' }, former)
    expect(await refusal(answer)).toBe('403 prohibido')
  })

  test('a member of staff who was demoted reads nobody with a token from before', async () => {
    const { send, admin, cliente, login, clock } = await createHarness()
    const [jefa, ana, luis] = [await admin(), await cliente(), await cliente()]
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'operador' }, jefa.headers)
    const former = bearer((await login(ana.email)).access_token)
    const read = (headers: object) => send(`/usuarios/${luis.id}`, 'GET', undefined, headers)
    clock.advance(1_000)
    expect((await read(former)).status).toBe(200)
    await send(`/usuarios/${ana.id}`, 'PATCH', { rol: 'cliente' }, jefa.headers)
    clock.advance(1_000)
    expect(await refusal(await read(former))).toBe('401 no-autenticado')
    // What she may do now, she may at once.
    const { access_token } = await login(ana.email)
    expect((await send('/me', 'GET', undefined, bearer(access_token))).status).toBe(200)
    expect(await refusal(await read(bearer(access_token)))).toBe('403 prohibido')
  })
})

describe('DELETE /usuarios/:id', () => {
  test('erases what is personal, closes the account and keeps the id', async () => {
    const { send, api, admin, cliente } = await createHarness()
    const jefa = await admin()
    const ana = await cliente(persona({ cedula: '0912345678' }), { 'user-agent': 'Navegador' })
    const path = `/usuarios/${ana.id}`
    expect((await send(path, 'DELETE', undefined, jefa.headers)).status).toBe(204)
    expect((await send(path, 'DELETE', undefined, jefa.headers)).status).toBe(204)
    const seen = await send(path, 'GET', undefined, jefa.headers)
    const gone = { email: null, nombre: null, cedula: null, telefono: null }
    expect(await seen.json()).toMatchObject({ id: ana.id, activo: false, ...gone })
    const answers = [
      await send('/login', 'POST', { email: ana.email, password: clave }),
      await send('/token', 'POST', renewal(ana.tokens.refresh_token)),
      await send('/me', 'GET', undefined, ana.headers),
      await send(path, 'PATCH', { activo: true }, jefa.headers),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([401, 400, 401, 404])
    const { headers } = jefa
    const listed = await api.usuarios.get({ headers, query: { limite, q: 'gomez' } })
    expect(listed.data?.datos).toEqual([])
    expect((await send('/register', 'POST', { ...persona(), email: ana.email })).status).toBe(201)
  })

  test('protects the last admin', async () => {
    const { send, admin } = await createHarness()
    const { id, headers } = await admin()
    const answer = await send(`/usuarios/${id}`, 'DELETE', undefined, headers)
    expect(await refusal(answer)).toBe('409 ultimo-admin')
  })
})
