import { describe, expect, test } from 'bun:test'
import { duracionMaximaMs } from '../../src/domain/sesion.ts'
import type { Edicion } from '../../src/ports/usuarios.ts'
import {
  direccion,
  eachStore,
  nuevoCorreo,
  nuevoUsuario,
  now,
  type OpenStore,
  sesionDe,
} from './fixture.ts'

const por = (id: string, como: 'personal' | 'admin') => ({ actor: { id, como }, direccion, now })

/** What whoever keeps the accounts promises. */
export function usuariosContract(name: string, open: OpenStore): void {
  describe(`accounts on ${name}`, () => {
    const it = eachStore(open)

    async function primerAdmin(): Promise<string> {
      const admin = nuevoUsuario({ rol: 'admin' })
      expect(await it.store.usuarios.crearPrimerAdmin(admin, now)).toBe('creado')
      return admin.id
    }

    const editar = (id: string, actorId: string, cambios: Edicion['cambios'], version?: number) =>
      it.store.usuarios.editar({
        id,
        actor: { id: actorId, como: actorId === id ? 'propio' : 'admin' },
        cambios,
        direccion,
        admite: (found) => version === undefined || version === found,
        now,
      })
    test('has one account for an address and an identity number, however they are written', async () => {
      const ana = await it.crear({ email: 'Ana@x.com', cedula: '09-12345' })
      const again = (datos: Parameters<typeof nuevoUsuario>[0]) =>
        it.store.usuarios.crear({ nuevo: nuevoUsuario(datos), now })
      expect(await again({ email: 'ANA@X.COM' })).toBe('email-en-uso')
      expect(await again({ cedula: '0912345' })).toBe('cedula-en-uso')
      // Of two that are taken, the one that whoever registers knows best.
      expect(await again({ email: 'ana@x.com', cedula: '0912345' })).toBe('email-en-uso')
      expect(await it.store.usuarios.credencialPorEmail('ana@x.com')).toMatchObject({ id: ana.id })
      expect(await it.acciones()).toEqual(['registro'])
    })

    test('makes a first admin once, and keeps a last one', async () => {
      expect(await it.store.usuarios.hayAdmin()).toBe(false)
      const jefa = await primerAdmin()
      expect(await it.store.usuarios.crearPrimerAdmin(nuevoUsuario(), now)).toBe('ya-hay')
      expect(await editar(jefa, jefa, { rol: 'cliente' })).toEqual({ tipo: 'ultimo-admin' })
      const borrado = { id: jefa, actorId: jefa, direccion, now }
      expect(await it.store.usuarios.borrar(borrado)).toBe('ultimo-admin')
      const otra = await it.crear({ rol: 'admin' })
      expect((await editar(jefa, otra.id, { rol: 'cliente' })).tipo).toBe('editado')
      expect(await editar(otra.id, jefa, { activo: false })).toEqual({ tipo: 'ultimo-admin' })
      expect(await editar(jefa, jefa, { nombre: 'X' })).toMatchObject({ tipo: 'editado' })
    })

    test('edits what is named, for whom it may be edited and as it was read', async () => {
      const jefa = await primerAdmin()
      const ana = await it.crear({ cedula: '111-1', telefono: '099' })
      await it.crear({ cedula: '222' })
      expect(await editar(ana.id, jefa, { cedula: '2.2.2' })).toEqual({ tipo: 'cedula-en-uso' })
      expect(await editar(ana.id, jefa, {}, 9)).toEqual({ tipo: 'version-distinta' })
      expect(await editar(Bun.randomUUIDv7(), jefa, {})).toEqual({ tipo: 'no-encontrado' })
      expect(await editar(jefa, ana.id, { nombre: 'X' })).toEqual({ tipo: 'sin-permiso' })
      const cambios = {
        nombre: 'Eva',
        telefono: null,
        emailConfirmado: true,
        activo: false,
      } as const
      const { nombre, telefono, cedula } = { ...ana, ...cambios }
      const usuario = { id: ana.id, nombre, telefono, cedula, activo: false, version: 2 }
      expect(await editar(ana.id, jefa, cambios, 1)).toMatchObject({ tipo: 'editado', usuario })
      expect(await it.store.usuarios.porId(ana.id)).toMatchObject({
        ...usuario,
        emailConfirmadoEn: now,
      })
      expect((await it.store.usuarios.listar({ cedula: '1111', limite: 9 })).length).toBe(1)
      expect((await it.acciones()).slice(0, 3)).toEqual([
        'email-confirmado',
        'usuario-desactivado',
        'usuario-editado',
      ])
    })

    test('keeps guests apart from who has their address, and makes staff of nobody without one', async () => {
      const jefa = await primerAdmin()
      const ana = await it.crear({ email: 'ana@x.com', telefono: '0990001' })
      const sinCuenta = { passwordHash: null, emailConfirmadoEn: null } as const
      const guest = (email: string) =>
        ({ ...nuevoUsuario({ email, ...sinCuenta }), invitado: true }) as const
      const [uno, otro] = [guest('Ana@x.com'), guest('ana@x.com')]
      const nadie = { ...nuevoUsuario({ ...sinCuenta, cedula: '777' }), email: null }
      for (const nuevo of [uno, otro, nadie]) {
        expect(await it.store.usuarios.crear({ nuevo, now })).toBe('creado')
      }
      expect(await it.store.usuarios.porIds([uno.id, nadie.id, ana.id])).toMatchObject([
        { email: 'Ana@x.com', invitado: true, conPassword: false },
        { email: null, invitado: false, conPassword: false },
        { invitado: false, conPassword: true },
      ])
      expect(await it.store.usuarios.credencialPorEmail('ana@x.com')).toMatchObject({ id: ana.id })
      expect(await it.store.usuarios.credencialPorId(nadie.id)).toBeUndefined()
      expect(await it.store.usuarios.listar({ q: 'ana@x', limite: 9 })).toHaveLength(3)
      expect(await it.store.usuarios.estados([otro.id])).toEqual([
        { id: otro.id, activo: true, confirmado: false },
      ])
      for (const { id } of [uno, nadie]) {
        expect(await editar(id, jefa, { rol: 'operador' })).toEqual({ tipo: 'sin-cuenta' })
        expect(await editar(id, jefa, { nombre: 'X' })).toMatchObject({ tipo: 'editado' })
      }
      expect((await it.acciones()).at(-3)).toBe('invitado-recibido')
      await it.store.usuarios.borrar({ id: uno.id, actorId: jefa, direccion, now })
      expect(await it.store.auditoria.cambiados({ desde: now + 1, invitadosDesde: now })).toEqual([
        { id: uno.id, rol: null },
      ])
    })

    test('enters customers for staff, invites staff for admins, and knows who has not come yet', async () => {
      const jefa = await primerAdmin()
      const [luis, ana] = [
        await it.crear({ rol: 'operador' }),
        await it.crear({ email: 'ana@x.com' }),
      ]
      const sinPassword = { passwordHash: null, emailConfirmadoEn: null } as const
      const { crearPor, borrar, editar: cambiar } = it.store.usuarios
      const cliente = { ...nuevoUsuario(sinPassword), email: null, cedula: '1-7' }
      expect(await crearPor({ nuevo: cliente, ...por(luis.id, 'personal') })).toBe('creado')
      const repetible = { nuevo: cliente, repetible: true, ...por(luis.id, 'personal') }
      expect(await crearPor(repetible)).toBe('repetido')
      const otro = nuevoUsuario({ ...sinPassword, email: 'ANA@x.com', cedula: '17' })
      expect(await crearPor({ nuevo: otro, ...por(jefa, 'personal') })).toBe('email-en-uso')
      const tercero = { ...cliente, id: 'otro', cedula: '1.7' }
      expect(await crearPor({ nuevo: tercero, ...por(jefa, 'personal') })).toBe('cedula-en-uso')
      expect(await crearPor({ nuevo: tercero, ...por(ana.id, 'personal') })).toBe('sin-permiso')

      const eva = nuevoUsuario({ ...sinPassword, rol: 'admin' })
      const correo = nuevoCorreo(eva.id, { tipo: 'invitar' })
      const invitar = { hash: 'h1', correo }
      expect(await crearPor({ nuevo: eva, invitar, ...por(luis.id, 'admin') })).toBe('sin-permiso')
      expect(await crearPor({ nuevo: eva, invitar, ...por(jefa, 'admin') })).toBe('creado')
      // Who can't sign in yet is no admin to be left with.
      const yo = { id: jefa, actor: { id: jefa, como: 'propio' }, direccion, now } as const
      const baja = { ...yo, cambios: { activo: false }, admite: () => true }
      expect(await cambiar(baja)).toEqual({ tipo: 'ultimo-admin' })
      const again = { hash: 'h2', correo: { ...correo, id: Bun.randomUUIDv7() } }
      const { restablecimientos } = it.store
      const send = (to: string, id = jefa) =>
        restablecimientos.invitar({
          ...again,
          correo: { ...again.correo, usuarioId: to },
          ...por(id, 'admin'),
        })
      expect(await send(eva.id, luis.id)).toBe('sin-permiso')
      for (const { id } of [luis, ana, cliente]) expect(await send(id)).toBe('no-encontrado')
      expect(await send(eva.id)).toBe('enviada')
      expect(await it.store.correos.listar({ limite: 9 })).toMatchObject([{ tipo: 'invitar' }])
      const uso = { passwordHash: 'suyo', direccion, now }
      expect(await restablecimientos.usar({ hash: 'h1', ...uso })).toBe(false)
      const anulada = { actorId: jefa, soloPendiente: true, direccion, now } as const
      for (const { id } of [luis, ana, cliente]) {
        expect(await borrar({ id, ...anulada })).toBe('no-encontrado')
      }
      expect(await restablecimientos.usar({ hash: 'h2', ...uso })).toBe(true)
      expect(await send(eva.id)).toBe('no-encontrado')
      expect(await borrar({ id: eva.id, ...anulada })).toBe('no-encontrado')
      expect((await cambiar(baja)).tipo).toBe('editado')
      expect((await it.acciones()).toReversed().slice(3)).toEqual([
        'cliente-creado',
        'personal-invitado',
        'invitacion-repetida',
        'email-confirmado',
        'invitacion-aceptada',
        'usuario-editado',
        'usuario-desactivado',
      ])
    })

    test('takes back an invitation with all of it, and keeps what staff wrote of whoever claims an account', async () => {
      const jefa = await primerAdmin()
      const sinPassword = { passwordHash: null, emailConfirmadoEn: null, cedula: '18' } as const
      const [eva, ana] = [
        nuevoUsuario({ ...sinPassword, rol: 'operador' }),
        nuevoUsuario({ ...sinPassword, cedula: '19', telefono: '099' }),
      ]
      const { crearPor, borrar, porId } = it.store.usuarios
      const { poner, usar } = it.store.restablecimientos
      const invitar = { hash: 'h', correo: nuevoCorreo(eva.id, { tipo: 'invitar' }) }
      await crearPor({ nuevo: eva, invitar, ...por(jefa, 'admin') })
      await crearPor({ nuevo: ana, ...por(jefa, 'admin') })
      const anulada = { id: eva.id, actorId: jefa, soloPendiente: true, direccion, now } as const
      expect(await borrar(anulada)).toBe('borrado')
      expect(await it.store.correos.listar({ limite: 9 })).toEqual([])
      const uso = { hash: 'h', passwordHash: 'suyo', direccion, now }
      expect(await usar(uso)).toBe(false)
      await poner({ hash: 'h', correo: nuevoCorreo(ana.id, { tipo: 'restablecer' }), direccion })
      expect(await usar(uso)).toBe(true)
      expect(await porId(ana.id)).toMatchObject({
        cedula: '19',
        telefono: '099',
        conPassword: true,
      })
    })

    test('finds by words, telephone and identity number, pages by id and leaves out the erased', async () => {
      const jefa = await primerAdmin()
      const [ana, luis] = [
        await it.crear({ nombre: 'Ána Ñuñez' }),
        await it.crear({ telefono: '0990001' }),
      ]
      const eva = await it.crear({ cedula: '333', rol: 'operador' })
      const ids = async (filtro: object) =>
        (await it.store.usuarios.listar({ limite: 9, ...filtro })).map(({ id }) => id)
      expect(await ids({ q: 'nunez an' })).toEqual([ana.id])
      expect(await ids({ q: '"*' })).toEqual([])
      expect(await ids({ q: '990001' })).toEqual([luis.id])
      expect(await ids({ q: '333' })).toEqual([eva.id])
      expect(await ids({ rol: 'operador', activo: true })).toEqual([eva.id])
      expect(await ids({ limite: 1 })).toEqual([eva.id, luis.id])
      expect(await ids({ antesDe: luis.id })).toEqual([ana.id, jefa])
      await it.store.usuarios.borrar({ id: ana.id, actorId: jefa, direccion, now })
      expect(await ids({ q: 'nunez' })).toEqual([])
      const given = [luis.id, Bun.randomUUIDv7(), ana.id]
      expect((await it.store.usuarios.porIds(given)).map(({ id }) => id)).toEqual([luis.id, ana.id])
      expect(await it.store.usuarios.estados(given)).toEqual([
        { id: luis.id, activo: true, confirmado: false },
        { id: ana.id, activo: false, confirmado: false },
      ])
    })

    test('erases a person with all that is theirs, once, and tells who was erased in that order', async () => {
      const jefa = await primerAdmin()
      const [ana, luis] = [await it.crear(), await it.crear()]
      await it.store.sesiones.abrir(sesionDe(ana.id), 'hash', now)
      await it.store.confirmaciones.pedir({ hash: 'h', correo: nuevoCorreo(ana.id) })
      for (const id of [luis.id, ana.id, luis.id]) {
        expect(await it.store.usuarios.borrar({ id, actorId: jefa, direccion, now })).toBe(
          'borrado',
        )
      }
      expect(await it.store.usuarios.porId(ana.id)).toMatchObject({ email: null, nombre: null })
      expect(await it.store.sesiones.purgar(now + duracionMaximaMs + 1)).toBe(0)
      expect(await it.store.correos.listar({ limite: 9 })).toEqual([])
      expect(await it.store.usuarios.credencialPorId(ana.id)).toBeUndefined()
      const erased = (rango: { despuesDe: number }) =>
        it.store.auditoria.eliminados({ ...rango, limite: 1 })
      const [first, second] = await erased({ despuesDe: 0 })
      expect([first?.id, second?.id]).toEqual([luis.id, ana.id])
      expect((await erased({ despuesDe: first?.numero ?? 0 })).map(({ id }) => id)).toEqual([
        ana.id,
      ])
      expect(await it.store.auditoria.cambiados({ desde: now, invitadosDesde: now })).toEqual(
        expect.arrayContaining([{ id: ana.id, rol: null }]),
      )
      expect(await it.store.auditoria.cambiados({ desde: now + 1, invitadosDesde: now })).toEqual(
        [],
      )
    })

    test('changes a password that is still the given one, and ends every session but one', async () => {
      const ana = await it.crear()
      const [esta, otra] = [sesionDe(ana.id, 'a'), sesionDe(ana.id, 'b')]
      for (const sesion of [esta, otra]) await it.store.sesiones.abrir(sesion, 'hash', now)
      const cambio = { id: ana.id, anterior: 'hash', nuevo: 'otro', salvoSesion: esta.id }
      expect(await it.store.usuarios.cambiarPassword({ ...cambio, direccion, now })).toBe(true)
      expect(await it.store.usuarios.cambiarPassword({ ...cambio, direccion, now })).toBe(false)
      expect((await it.store.sesiones.abiertas(ana.id, now)).map(({ id }) => id)).toEqual([esta.id])
      const rehecho = { id: ana.id, anterior: 'hash', nuevo: 'tercero' }
      expect(await it.store.usuarios.rehacerHash(rehecho)).toBe('otro')
      expect(await it.store.usuarios.rehacerHash({ ...rehecho, anterior: 'otro' })).toBe('tercero')
      expect(await it.store.sesiones.abrir(sesionDe(ana.id, 'c'), 'otro', now)).toBe(false)
    })
  })
}
