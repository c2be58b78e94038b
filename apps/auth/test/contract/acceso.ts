import { describe, expect, test } from 'bun:test'
import { type Llave, politicas } from '../../src/domain/frenos.ts'
import { claveDeEmail } from '../../src/domain/identidades.ts'
import { duracionMaximaMs, repeticionMs, sesionesMaximas } from '../../src/domain/sesion.ts'
import {
  dayMs,
  direccion,
  eachStore,
  nuevoCorreo,
  now,
  type OpenStore,
  sesionDe,
} from './fixture.ts'

const llave = (clave: string): Llave => ({ clave, politica: politicas['cuenta-red'] })

/** What whoever keeps sessions, tokens, counters, mails, service accounts and the log promises. */
export function accesoContract(name: string, open: OpenStore): void {
  describe(`access on ${name}`, () => {
    const it = eachStore(open)

    test('opens so many sessions, of which the one used longest ago makes room', async () => {
      const ana = await it.crear()
      for (let at = 0; at <= sesionesMaximas; at++) {
        await it.store.sesiones.abrir(sesionDe(ana.id, `${at}`), 'hash', now + at)
      }
      const open = await it.store.sesiones.abiertas(ana.id, now)
      expect(open.map(({ creadaEn }) => creadaEn - now)).toEqual(
        Array.from({ length: sesionesMaximas }, (_, at) => sesionesMaximas - at),
      )
      expect(await it.store.sesiones.direccionesDe(claveDeEmail(ana.email))).toEqual([direccion])
    })

    test('renews with a token once, gives the same again for a moment, and then ends the session', async () => {
      const ana = await it.crear()
      const sesion = sesionDe(ana.id, 'uno')
      await it.store.sesiones.abrir(sesion, 'hash', now)
      const renovar = (token: string, at = now) =>
        it.store.sesiones.renovar({ token, semilla: 'semilla', direccion: undefined, now: at })
      const first = await renovar('uno')
      expect(first).toMatchObject({ tipo: 'renovada', sesionId: sesion.id, rol: 'cliente' })
      expect(await renovar('uno', now + 1)).toEqual(first)
      expect(await renovar('nadie')).toEqual({ tipo: 'invalido' })
      const late = { tipo: 'reutilizado', sesionId: sesion.id, usuarioId: ana.id } as const
      expect(await renovar('uno', now + repeticionMs)).toEqual(late)
      expect(await it.store.sesiones.abiertas(ana.id, now)).toEqual([])
      expect((await it.acciones()).filter((accion) => accion === 'token-reutilizado').length).toBe(
        1,
      )
    })

    test('ends a session by its token or by its owner, and forgets it when it is long over', async () => {
      const ana = await it.crear()
      const [uno, dos] = [sesionDe(ana.id, 'uno'), sesionDe(ana.id, 'dos')]
      for (const sesion of [uno, dos]) await it.store.sesiones.abrir(sesion, 'hash', now)
      await it.store.sesiones.cerrarPorToken(uno.tokenHash, direccion, now)
      await it.store.sesiones.cerrarPorToken('nadie', direccion, now)
      const cierre = { usuarioId: ana.id, id: dos.id, direccion, now }
      expect(await it.store.sesiones.cerrar({ ...cierre, usuarioId: 'otra' })).toBe(false)
      expect(await it.store.sesiones.cerrar(cierre)).toBe(true)
      expect(await it.store.sesiones.cerrar(cierre)).toBe(false)
      expect((await it.acciones()).slice(0, 2)).toEqual(['sesion-cerrada', 'logout'])
      expect(await it.store.sesiones.purgar(now + duracionMaximaMs)).toBe(0)
      expect(await it.store.sesiones.purgar(now + duracionMaximaMs + 1)).toBe(2)
    })

    test('counts attempts on all counters or on none, takes them back and forgets them', async () => {
      const [una, otra] = [llave('una'), llave('otra')]
      const { libres } = una.politica
      for (let at = 0; at <= libres; at++)
        expect(await it.store.frenos.intentar([una], now)).toBe(0)
      expect(await it.store.frenos.intentar([otra, una], now)).toBe(1_000)
      await it.store.frenos.perdonar({ olvidar: [], restar: [una, otra] })
      expect(await it.store.frenos.intentar([otra, una], now)).toBe(0)
      expect(await it.store.frenos.intentar([una], now)).toBe(1_000)
      await it.store.frenos.perdonar({ olvidar: [una], restar: [] })
      expect(await it.store.frenos.intentar([una], now)).toBe(0)
      expect(await it.store.frenos.purgar(now + dayMs)).toBe(2)
    })

    test('confirms an address with the newest token, once and in time', async () => {
      const { id } = await it.crear()
      await it.store.confirmaciones.pedir({ hash: 'viejo', correo: nuevoCorreo(id) })
      await it.store.confirmaciones.pedir({ hash: 'nuevo', correo: nuevoCorreo(id) })
      const usar = (hash: string, at = now) =>
        it.store.confirmaciones.usar({ hash, direccion, now: at })
      expect(await usar('viejo')).toBe(false)
      expect(await usar('nuevo', now + dayMs)).toBe(false)
      expect(await usar('nuevo')).toBe(true)
      expect(await usar('nuevo')).toBe(false)
      expect(await it.store.usuarios.porId(id)).toMatchObject({
        emailConfirmadoEn: now,
        version: 2,
      })
      expect(await it.store.correos.siguiente(now)).toBeUndefined()
      await it.store.confirmaciones.pedir({ hash: 'otro', correo: nuevoCorreo(id) })
      expect(await it.store.confirmaciones.purgar(now + dayMs + 1)).toBe(1)
    })

    test('sets a password anew with a token, once, and takes a stranger’s data away', async () => {
      const ana = await it.crear({ cedula: '444', telefono: '099' })
      await it.store.sesiones.abrir(sesionDe(ana.id), 'hash', now)
      const correo = nuevoCorreo(ana.id, { tipo: 'restablecer' })
      await it.store.restablecimientos.poner({ hash: 'h', correo, direccion })
      const { email, nombre } = ana
      expect(await it.store.restablecimientos.titular('h', now)).toEqual({ email, nombre })
      expect(await it.store.restablecimientos.titular('h', now + dayMs)).toBeUndefined()
      const uso = { hash: 'h', passwordHash: 'nuevo', direccion, now }
      expect(await it.store.restablecimientos.usar(uso)).toBe(true)
      expect(await it.store.restablecimientos.usar(uso)).toBe(false)
      const kept = { cedula: null, telefono: null, emailConfirmadoEn: now }
      expect(await it.store.usuarios.porId(ana.id)).toMatchObject(kept)
      expect(await it.store.sesiones.abiertas(ana.id, now)).toEqual([])
      await it.store.restablecimientos.poner({ hash: 'i', correo, direccion })
      expect(await it.store.restablecimientos.purgar(now + dayMs)).toBe(0)
      expect(await it.store.restablecimientos.purgar(now + dayMs + 1)).toBe(1)
    })

    test('owes mails, the one due for longest first, and says what became of them', async () => {
      const [ana, luis] = [await it.crear(), await it.crear()]
      const [una, otra] = [nuevoCorreo(ana.id), nuevoCorreo(luis.id, { creadoEn: now - 1 })]
      for (const correo of [una, otra])
        await it.store.confirmaciones.pedir({ hash: correo.id, correo })
      expect(await it.store.correos.siguiente(now)).toEqual({
        ...otra,
        email: luis.email,
        intentos: 0,
      })
      await it.store.correos.anotar(
        otra.id,
        { tipo: 'pendiente', proximoEn: now + 9, fallo: 'E' },
        now,
      )
      expect(await it.store.correos.siguiente(now)).toMatchObject({ id: una.id })
      await it.store.correos.anotar(una.id, { tipo: 'abandonado', fallo: 'F' }, now)
      expect([await it.store.correos.siguiente(now), await it.store.correos.proximoEn()]).toEqual([
        undefined,
        now + 9,
      ])
      const resumen = { pendientes: 1, desde: now - 1, abandonados: 1 }
      expect(await it.store.correos.resumen()).toEqual(resumen)
      await it.store.correos.anotar(otra.id, { tipo: 'enviado' }, now + 9)
      await it.store.correos.anotar(otra.id, { tipo: 'abandonado', fallo: 'late' }, now + 10)
      expect(await it.store.correos.listar({ estado: 'enviado', limite: 9 })).toMatchObject([
        { id: otra.id, intentos: 2, fallo: null, proximoEn: null, terminadoEn: now + 9 },
      ])
      expect(await it.store.correos.purgar(now + 30 * dayMs + 1)).toBe(1)
    })

    test('knows a service account by its secrets: the current one, and the one before for a while', async () => {
      const { cuentas } = it.store
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
      const hecho = { cuentaId: 'pagos', hash: 'c', now, solapeHasta: now, soloPrimero: true }
      expect(await cuentas.ponerSecreto(hecho)).toBe('ajeno')
      expect(await cuentas.ponerSecreto({ ...hecho, hash: 'b' })).toBe('conocido')
      expect(await cuentas.porSecreto('pagos', 'c', now)).toBeUndefined()
      await cuentas.registrar({ id: 'pedidos', scopes: [] }, now)
      expect(await cuentas.ponerSecreto({ ...hecho, cuentaId: 'pedidos' })).toBe('puesto')
      expect([await cuentas.existe('pagos'), await cuentas.existe('nadie')]).toEqual([true, false])
    })

    test('keeps a log that is read backwards, by what was done, by whom and to whom', async () => {
      const line = (en: number, actorId: string) =>
        it.store.auditoria.apuntar({
          en,
          accion: 'login-fallido',
          actorId,
          sujetoId: 's',
          direccion,
        })
      for (const at of [0, 1, 2, 3]) await line(now + at, at % 2 ? 'a' : 'b')
      const moments = async (filtro: object) =>
        (await it.store.auditoria.listar({ limite: 9, ...filtro })).map(({ en }) => en - now)
      expect(await moments({ actorId: 'a', sujetoId: 's', accion: 'login-fallido' })).toEqual([
        3, 1,
      ])
      const [, last] = await it.store.auditoria.listar({ limite: 1 })
      expect(last).toMatchObject({ en: now + 2, red: '203.0.113.0/24', detalle: null })
      expect(await moments({ antesDe: last?.numero })).toEqual([1, 0])
    })
  })
}
