import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import type { NuevoCorreo } from '../../src/domain/correo.ts'
import { type Llave, politicas } from '../../src/domain/frenos.ts'
import { sha256 } from '../../src/domain/secretos.ts'
import { duracionMaximaMs, repeticionMs, sesionesMaximas } from '../../src/domain/sesion.ts'
import type { NuevoUsuario } from '../../src/domain/usuario.ts'
import type { AuthStore } from '../../src/ports/store.ts'
import type { Edicion } from '../../src/ports/usuarios.ts'

const now = Date.UTC(2026, 0, 15, 12)
const dayMs = 24 * 60 * 60_000
const direccion = '203.0.113.9'
let people = 0

/** A person nobody has registered yet. */
export function nuevoUsuario(datos: Partial<NuevoUsuario> = {}): NuevoUsuario {
  people += 1
  return {
    id: Bun.randomUUIDv7(),
    email: `persona${people}@correo.example`,
    nombre: 'Ana Gómez',
    cedula: null,
    telefono: null,
    rol: 'cliente',
    emailConfirmadoEn: null,
    passwordHash: 'hash',
    ...datos,
  }
}

export const nuevoCorreo = (usuarioId: string, datos: Partial<NuevoCorreo> = {}): NuevoCorreo => ({
  id: Bun.randomUUIDv7(),
  tipo: 'confirmar',
  usuarioId,
  token: 'secreto',
  creadoEn: now,
  caducaEn: now + dayMs,
  ...datos,
})

export const sesionDe = (usuarioId: string, token = 'token') => ({
  id: Bun.randomUUIDv7(),
  usuarioId,
  tokenHash: sha256(token),
  dispositivo: null,
  direccion,
})

const llave = (clave: string): Llave => ({ clave, politica: politicas['cuenta-red'] })

/** What whoever keeps auth's data promises. `open` gives an empty store, `close` takes it away. */
export function authStoreContract(
  name: string,
  open: () => Promise<{ readonly store: AuthStore; readonly close: () => Promise<void> }>,
): void {
  describe(`auth's store on ${name}`, () => {
    let store: AuthStore
    let close: () => Promise<void>
    beforeEach(async () => void ({ store, close } = await open()))
    afterEach(() => close())

    async function crear(datos: Partial<NuevoUsuario> = {}): Promise<NuevoUsuario> {
      const nuevo = nuevoUsuario(datos)
      expect(await store.usuarios.crear({ nuevo, now })).toBe('creado')
      return nuevo
    }

    async function primerAdmin(): Promise<string> {
      const admin = nuevoUsuario({ rol: 'admin' })
      expect(await store.usuarios.crearPrimerAdmin(admin, now)).toBe('creado')
      return admin.id
    }

    const editar = (id: string, actorId: string, cambios: Edicion['cambios'], version?: number) =>
      store.usuarios.editar({
        id,
        actor: { id: actorId, como: actorId === id ? 'propio' : 'admin' },
        cambios,
        direccion,
        admite: (found) => version === undefined || version === found,
        now,
      })
    const acciones = async () =>
      (await store.auditoria.listar({ limite: 99 })).map(({ accion }) => accion)

    test('has one account for an address and an identity number, however they are written', async () => {
      const ana = await crear({ email: 'Ana@x.com', cedula: '09-12345' })
      const again = (datos: Partial<NuevoUsuario>) =>
        store.usuarios.crear({ nuevo: nuevoUsuario(datos), now })
      expect(await again({ email: 'ANA@X.COM' })).toBe('email-en-uso')
      expect(await again({ cedula: '0912345' })).toBe('cedula-en-uso')
      expect(await store.usuarios.credencialPorEmail('ana@x.com')).toMatchObject({ id: ana.id })
      expect(await acciones()).toEqual(['registro'])
    })

    test('makes a first admin once, and keeps a last one', async () => {
      expect(await store.usuarios.hayAdmin()).toBe(false)
      const jefa = await primerAdmin()
      expect(await store.usuarios.crearPrimerAdmin(nuevoUsuario(), now)).toBe('ya-hay')
      expect(await editar(jefa, jefa, { rol: 'cliente' })).toEqual({ tipo: 'ultimo-admin' })
      const borrado = { id: jefa, actorId: jefa, direccion, now }
      expect(await store.usuarios.borrar(borrado)).toBe('ultimo-admin')
      const otra = await crear({ rol: 'admin' })
      expect((await editar(jefa, otra.id, { rol: 'cliente' })).tipo).toBe('editado')
      expect(await editar(otra.id, jefa, { activo: false })).toEqual({ tipo: 'ultimo-admin' })
      expect(await editar(jefa, jefa, { nombre: 'X' })).toMatchObject({ tipo: 'editado' })
    })

    test('edits what is named, for whom it may be edited and as it was read', async () => {
      const jefa = await primerAdmin()
      const ana = await crear({ cedula: '111-1', telefono: '099' })
      await crear({ cedula: '222' })
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
      expect(await store.usuarios.porId(ana.id)).toMatchObject({
        ...usuario,
        emailConfirmadoEn: now,
      })
      expect((await store.usuarios.listar({ cedula: '1111', limite: 9 })).length).toBe(1)
      expect((await acciones()).slice(0, 3)).toEqual([
        'email-confirmado',
        'usuario-desactivado',
        'usuario-editado',
      ])
    })

    test('finds by words, telephone and identity number, pages by id and leaves out the erased', async () => {
      const jefa = await primerAdmin()
      const [ana, luis] = [
        await crear({ nombre: 'Ána Ñuñez' }),
        await crear({ telefono: '0990001' }),
      ]
      const eva = await crear({ cedula: '333', rol: 'operador' })
      const ids = async (filtro: object) =>
        (await store.usuarios.listar({ limite: 9, ...filtro })).map(({ id }) => id)
      expect(await ids({ q: 'nunez an' })).toEqual([ana.id])
      expect(await ids({ q: '"*' })).toEqual([])
      expect(await ids({ q: '990001' })).toEqual([luis.id])
      expect(await ids({ q: '333' })).toEqual([eva.id])
      expect(await ids({ rol: 'operador', activo: true })).toEqual([eva.id])
      expect(await ids({ limite: 1 })).toEqual([eva.id, luis.id])
      expect(await ids({ antesDe: luis.id })).toEqual([ana.id, jefa])
      await store.usuarios.borrar({ id: ana.id, actorId: jefa, direccion, now })
      expect(await ids({ q: 'nunez' })).toEqual([])
      const given = [luis.id, Bun.randomUUIDv7(), ana.id]
      expect((await store.usuarios.porIds(given)).map(({ id }) => id)).toEqual([luis.id, ana.id])
      expect(await store.usuarios.estados(given)).toEqual([
        { id: luis.id, activo: true, confirmado: false },
        { id: ana.id, activo: false, confirmado: false },
      ])
    })

    test('erases a person with all that is theirs, once, and tells who was erased in that order', async () => {
      const jefa = await primerAdmin()
      const [ana, luis] = [await crear(), await crear()]
      await store.sesiones.abrir(sesionDe(ana.id), 'hash', now)
      await store.confirmaciones.pedir({ hash: 'h', correo: nuevoCorreo(ana.id) })
      for (const id of [luis.id, ana.id, luis.id]) {
        expect(await store.usuarios.borrar({ id, actorId: jefa, direccion, now })).toBe('borrado')
      }
      expect(await store.usuarios.porId(ana.id)).toMatchObject({ email: null, nombre: null })
      expect(await store.sesiones.direccionesDe(ana.id)).toEqual([])
      expect(await store.correos.listar({ limite: 9 })).toEqual([])
      expect(await store.usuarios.credencialPorId(ana.id)).toBeUndefined()
      const erased = (rango: { despuesDe: number }) =>
        store.auditoria.eliminados({ ...rango, limite: 1 })
      const [first, second] = await erased({ despuesDe: 0 })
      expect([first?.id, second?.id]).toEqual([luis.id, ana.id])
      expect((await erased({ despuesDe: first?.numero ?? 0 })).map(({ id }) => id)).toEqual([
        ana.id,
      ])
      expect(await store.auditoria.cambiados(now)).toEqual(
        expect.arrayContaining([{ id: ana.id, rol: null }]),
      )
      expect(await store.auditoria.cambiados(now + 1)).toEqual([])
    })

    test('changes a password that is still the given one, and ends every session but one', async () => {
      const ana = await crear()
      const [esta, otra] = [sesionDe(ana.id, 'a'), sesionDe(ana.id, 'b')]
      for (const sesion of [esta, otra]) await store.sesiones.abrir(sesion, 'hash', now)
      const cambio = { id: ana.id, anterior: 'hash', nuevo: 'otro', salvoSesion: esta.id }
      expect(await store.usuarios.cambiarPassword({ ...cambio, direccion, now })).toBe(true)
      expect(await store.usuarios.cambiarPassword({ ...cambio, direccion, now })).toBe(false)
      expect((await store.sesiones.abiertas(ana.id, now)).map(({ id }) => id)).toEqual([esta.id])
      const rehecho = { id: ana.id, anterior: 'hash', nuevo: 'tercero' }
      expect(await store.usuarios.rehacerHash(rehecho)).toBe('otro')
      expect(await store.usuarios.rehacerHash({ ...rehecho, anterior: 'otro' })).toBe('tercero')
      expect(await store.sesiones.abrir(sesionDe(ana.id, 'c'), 'otro', now)).toBe(false)
    })

    test('opens so many sessions, of which the one used longest ago makes room', async () => {
      const ana = await crear()
      for (let at = 0; at <= sesionesMaximas; at++) {
        await store.sesiones.abrir(sesionDe(ana.id, `${at}`), 'hash', now + at)
      }
      const open = await store.sesiones.abiertas(ana.id, now)
      expect(open.map(({ creadaEn }) => creadaEn - now)).toEqual(
        Array.from({ length: sesionesMaximas }, (_, at) => sesionesMaximas - at),
      )
      expect(await store.sesiones.direccionesDe(ana.id)).toEqual([direccion])
    })

    test('renews with a token once, gives the same again for a moment, and then ends the session', async () => {
      const ana = await crear()
      const sesion = sesionDe(ana.id, 'uno')
      await store.sesiones.abrir(sesion, 'hash', now)
      const renovar = (token: string, at = now) =>
        store.sesiones.renovar({ token, semilla: 'semilla', direccion: null, now: at })
      const first = await renovar('uno')
      expect(first).toMatchObject({ tipo: 'renovada', sesionId: sesion.id, rol: 'cliente' })
      expect(await renovar('uno', now + 1)).toEqual(first)
      expect(await renovar('nadie')).toEqual({ tipo: 'invalido' })
      const late = { tipo: 'reutilizado', sesionId: sesion.id, usuarioId: ana.id } as const
      expect(await renovar('uno', now + repeticionMs)).toEqual(late)
      expect(await store.sesiones.abiertas(ana.id, now)).toEqual([])
      expect((await acciones()).filter((accion) => accion === 'token-reutilizado').length).toBe(1)
    })

    test('ends a session by its token or by its owner, and forgets it when it is long over', async () => {
      const ana = await crear()
      const [uno, dos] = [sesionDe(ana.id, 'uno'), sesionDe(ana.id, 'dos')]
      for (const sesion of [uno, dos]) await store.sesiones.abrir(sesion, 'hash', now)
      await store.sesiones.cerrarPorToken(uno.tokenHash, direccion, now)
      await store.sesiones.cerrarPorToken('nadie', direccion, now)
      const cierre = { usuarioId: ana.id, id: dos.id, direccion, now }
      expect(await store.sesiones.cerrar({ ...cierre, usuarioId: 'otra' })).toBe(false)
      expect(await store.sesiones.cerrar(cierre)).toBe(true)
      expect(await store.sesiones.cerrar(cierre)).toBe(false)
      expect((await acciones()).slice(0, 2)).toEqual(['sesion-cerrada', 'logout'])
      expect(await store.sesiones.purgar(now + duracionMaximaMs)).toBe(0)
      expect(await store.sesiones.purgar(now + duracionMaximaMs + 1)).toBe(2)
    })

    test('counts attempts on all counters or on none, takes them back and forgets them', async () => {
      const [una, otra] = [llave('una'), llave('otra')]
      const { libres } = una.politica
      for (let at = 0; at <= libres; at++) expect(await store.frenos.intentar([una], now)).toBe(0)
      expect(await store.frenos.intentar([otra, una], now)).toBe(1_000)
      await store.frenos.perdonar({ olvidar: [], restar: [una, otra] })
      expect(await store.frenos.intentar([otra, una], now)).toBe(0)
      expect(await store.frenos.intentar([una], now)).toBe(1_000)
      await store.frenos.perdonar({ olvidar: [una], restar: [] })
      expect(await store.frenos.intentar([una], now)).toBe(0)
      expect(await store.frenos.purgar(now + dayMs)).toBe(2)
    })

    test('confirms an address with the newest token, once and in time', async () => {
      const { id } = await crear()
      await store.confirmaciones.pedir({ hash: 'viejo', correo: nuevoCorreo(id) })
      await store.confirmaciones.pedir({ hash: 'nuevo', correo: nuevoCorreo(id) })
      const usar = (hash: string, at = now) =>
        store.confirmaciones.usar({ hash, direccion, now: at })
      expect(await usar('viejo')).toBe(false)
      expect(await usar('nuevo', now + dayMs)).toBe(false)
      expect(await usar('nuevo')).toBe(true)
      expect(await usar('nuevo')).toBe(false)
      expect(await store.usuarios.porId(id)).toMatchObject({ emailConfirmadoEn: now, version: 2 })
      expect(await store.correos.siguiente(now)).toBeUndefined()
      await store.confirmaciones.pedir({ hash: 'otro', correo: nuevoCorreo(id) })
      expect(await store.confirmaciones.purgar(now + dayMs + 1)).toBe(1)
    })

    test('sets a password anew with a token, once, and takes a stranger’s data away', async () => {
      const ana = await crear({ cedula: '444', telefono: '099' })
      await store.sesiones.abrir(sesionDe(ana.id), 'hash', now)
      const correo = nuevoCorreo(ana.id, { tipo: 'restablecer' })
      await store.restablecimientos.poner({ hash: 'h', correo, direccion })
      const { email, nombre } = ana
      expect(await store.restablecimientos.titular('h', now)).toEqual({ email, nombre })
      expect(await store.restablecimientos.titular('h', now + dayMs)).toBeUndefined()
      const uso = { hash: 'h', passwordHash: 'nuevo', direccion, now }
      expect(await store.restablecimientos.usar(uso)).toBe(true)
      expect(await store.restablecimientos.usar(uso)).toBe(false)
      const kept = { cedula: null, telefono: null, emailConfirmadoEn: now }
      expect(await store.usuarios.porId(ana.id)).toMatchObject(kept)
      expect(await store.sesiones.abiertas(ana.id, now)).toEqual([])
      await store.restablecimientos.poner({ hash: 'i', correo, direccion })
      expect(await store.restablecimientos.purgar(now + dayMs)).toBe(0)
      expect(await store.restablecimientos.purgar(now + dayMs + 1)).toBe(1)
    })

    test('owes mails, the one due for longest first, and says what became of them', async () => {
      const [ana, luis] = [await crear(), await crear()]
      const [una, otra] = [nuevoCorreo(ana.id), nuevoCorreo(luis.id, { creadoEn: now - 1 })]
      for (const correo of [una, otra])
        await store.confirmaciones.pedir({ hash: correo.id, correo })
      expect(await store.correos.siguiente(now)).toEqual({
        ...otra,
        email: luis.email,
        intentos: 0,
      })
      await store.correos.anotar(
        otra.id,
        { tipo: 'pendiente', proximoEn: now + 9, fallo: 'E' },
        now,
      )
      expect(await store.correos.siguiente(now)).toMatchObject({ id: una.id })
      await store.correos.anotar(una.id, { tipo: 'abandonado', fallo: 'F' }, now)
      expect([await store.correos.siguiente(now), await store.correos.proximoEn()]).toEqual([
        undefined,
        now + 9,
      ])
      const resumen = { pendientes: 1, desde: now - 1, abandonados: 1 }
      expect(await store.correos.resumen()).toEqual(resumen)
      await store.correos.anotar(otra.id, { tipo: 'enviado' }, now + 9)
      await store.correos.anotar(otra.id, { tipo: 'abandonado', fallo: 'late' }, now + 10)
      expect(await store.correos.listar({ estado: 'enviado', limite: 9 })).toMatchObject([
        { id: otra.id, intentos: 2, fallo: null, proximoEn: null, terminadoEn: now + 9 },
      ])
      expect(await store.correos.purgar(now + 30 * dayMs + 1)).toBe(1)
    })

    test('knows a service account by its secrets: the current one, and the one before for a while', async () => {
      const { cuentas } = store
      await cuentas.registrar({ id: 'pagos', scopes: ['pedidos:completar'] }, now)
      const poner = (hash: string, at: number) =>
        cuentas.ponerSecreto({ cuentaId: 'pagos', hash, now: at, solapeHasta: at + 10 })
      expect([await poner('a', now), await poner('a', now)]).toEqual(['puesto', 'conocido'])
      expect(await poner('b', now + 1)).toBe('puesto')
      const scopes = { id: 'pagos', scopes: ['pedidos:completar' as const] }
      expect(await cuentas.porSecreto('pagos', 'a', now + 10)).toEqual(scopes)
      expect(await cuentas.porSecreto('pagos', 'a', now + 11)).toBeUndefined()
      expect(await cuentas.porSecreto('pedidos', 'b', now + 1)).toBeUndefined()
      expect(await poner('a', now + 11)).toBe('caducado')
      expect(await cuentas.revocarAnteriores('pagos', now + 2)).toBe(1)
      expect(await cuentas.listar(now + 2)).toMatchObject([
        { ...scopes, secretos: [{ creadoEn: now + 1, caducaEn: null }] },
      ])
      expect([await cuentas.existe('pagos'), await cuentas.existe('nadie')]).toEqual([true, false])
    })

    test('keeps a log that is read backwards, by what was done, by whom and to whom', async () => {
      const line = (en: number, actorId: string) =>
        store.auditoria.apuntar({ en, accion: 'login-fallido', actorId, sujetoId: 's', direccion })
      for (const at of [0, 1, 2, 3]) await line(now + at, at % 2 ? 'a' : 'b')
      const moments = async (filtro: object) =>
        (await store.auditoria.listar({ limite: 9, ...filtro })).map(({ en }) => en - now)
      expect(await moments({ actorId: 'a', sujetoId: 's', accion: 'login-fallido' })).toEqual([
        3, 1,
      ])
      const [, last] = await store.auditoria.listar({ limite: 1 })
      expect(last).toMatchObject({ en: now + 2, red: '203.0.113.0/24', detalle: null })
      expect(await moments({ antesDe: last?.numero })).toEqual([1, 0])
    })
  })
}
