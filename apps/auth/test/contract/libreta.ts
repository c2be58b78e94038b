import { describe, expect, test } from 'bun:test'
import { type Direccion, direccionDe, direccionesMaximas } from '../../src/domain/libreta.ts'
import {
  direccion as red,
  eachStore,
  nuevoUsuario,
  now,
  type OpenStore,
  sesionDe,
} from './fixture.ts'

const casa = { nombre: 'Ana', calle: 'Larga 7', ciudad: 'Cuenca', pais: 'EC' }
const identificacion = { pais: 'EC', tipo: 'ruc', numero: '1790011674001' } as const
const factura = { identificacion, razonSocial: 'Andina S. A.' }

/** What whoever keeps addresses and invoice data promises. */
export function libretaContract(name: string, open: OpenStore): void {
  describe(`what people keep on ${name}`, () => {
    const it = eachStore(open)
    const anadir = (id: string, direccion: Direccion, predeterminada = false) =>
      it.store.libreta.anadir({ de: { id }, id: Bun.randomUUIDv7(), direccion, predeterminada })

    async function anadida(id: string, direccion: Direccion, predeterminada = false) {
      const result = await anadir(id, direccion, predeterminada)
      if (result.tipo !== 'anadida') throw new Error(result.tipo)
      return result.direccion
    }
    const seen = async (id: string) =>
      (await it.store.libreta.direcciones(id)).map(({ calle, predeterminada }) =>
        predeterminada ? `* ${calle}` : calle,
      )

    test('has one address that is taken first, whatever is added, changed and taken away', async () => {
      const { id } = await it.crear()
      const uno = await anadida(id, casa)
      const dos = await anadida(id, {
        ...casa,
        calle: 'Corta 1',
        alias: 'Trabajo',
        telefono: '099',
      })
      expect(await seen(id)).toEqual(['* Larga 7', 'Corta 1'])
      const tres = await anadida(id, { ...casa, calle: 'Ancha 2' }, true)
      expect(await seen(id)).toEqual(['* Ancha 2', 'Larga 7', 'Corta 1'])
      const de = { id }
      const cambios = { calle: 'Corta 3', alias: null, provincia: 'Azuay' }
      const cambio = { de, id: dos.id, cambios, predeterminada: true }
      expect(await it.store.libreta.cambiar(cambio)).toEqual({
        tipo: 'cambiada',
        direccion: {
          id: dos.id,
          predeterminada: true,
          ...direccionDe({ ...casa, calle: 'Corta 3', provincia: 'Azuay', telefono: '099' }),
        },
      })
      expect(await it.store.libreta.cambiar({ ...cambio, predeterminada: false })).toMatchObject({
        direccion: { predeterminada: true },
      })
      expect(await seen(id)).toEqual(['* Corta 3', 'Larga 7', 'Ancha 2'])
      for (const cual of [dos.id, dos.id]) {
        expect(await it.store.libreta.quitar({ de, id: cual })).toBe('quitada')
      }
      expect(await seen(id)).toEqual(['* Larga 7', 'Ancha 2'])
      await it.store.libreta.quitar({ de, id: tres.id })
      await it.store.libreta.quitar({ de, id: uno.id })
      expect(await seen(id)).toEqual([])
    })

    test('keeps an address once, up to twenty of them, and each for its owner alone', async () => {
      const [ana, luis] = [await it.crear(), await it.crear()]
      const suya = await anadida(ana.id, casa)
      expect(await anadir(ana.id, casa)).toEqual({ tipo: 'ya-estaba', direccion: suya })
      for (let at = 1; at < direccionesMaximas; at += 1) {
        await anadida(ana.id, { ...casa, calle: `Larga ${at * 100}` })
      }
      expect(await anadir(ana.id, { ...casa, calle: 'Una más' })).toEqual({ tipo: 'llena' })
      const de = { id: luis.id }
      const ajeno = { de, id: suya.id, cambios: { calle: 'Mía' }, predeterminada: true }
      expect(await it.store.libreta.cambiar(ajeno)).toEqual({ tipo: 'no-encontrada' })
      await it.store.libreta.quitar({ de, id: suya.id })
      expect(await it.store.libreta.direcciones(ana.id)).toHaveLength(direccionesMaximas)
    })

    test('keeps invoice data as a whole', async () => {
      const { id } = await it.crear()
      const poner = (facturaciones: (typeof factura)[]) =>
        it.store.libreta.ponerFacturaciones({ de: { id }, facturaciones })
      expect(await it.store.libreta.facturaciones(id)).toEqual([])
      for (const todas of [[factura, { ...factura, email: 'a@x.com' }], [factura]]) {
        expect(await poner(todas)).toBe('puestas')
        expect(await it.store.libreta.facturaciones(id)).toEqual(todas)
      }
    })

    test('takes nothing for whom it is closed, and forgets the erased and what a stranger typed', async () => {
      const jefa = nuevoUsuario({ rol: 'admin' })
      await it.store.usuarios.crearPrimerAdmin(jefa, now)
      const [ana, eva, luz] = [await it.crear(), await it.crear(), await it.crear()]
      for (const { id } of [ana, eva]) {
        await anadida(id, casa)
        await it.store.libreta.ponerFacturaciones({ de: { id }, facturaciones: [factura] })
      }
      const sesion = sesionDe(luz.id)
      await it.store.sesiones.abrir(sesion, 'hash', now)
      const cierre = { id: sesion.id, usuarioId: luz.id, direccion: red, now }
      await it.store.sesiones.cerrar(cierre)
      await it.store.usuarios.borrar({ id: ana.id, actorId: jefa.id, direccion: red, now })
      const correo = { id: 'c', tipo: 'restablecer', usuarioId: eva.id, token: 't' } as const
      const token = { hash: 'h', correo: { ...correo, creadoEn: now, caducaEn: now + 9 } }
      await it.store.restablecimientos.poner({ ...token, direccion: red })
      const uso = { hash: 'h', passwordHash: 'otro', direccion: red, now }
      expect(await it.store.restablecimientos.usar(uso)).toBe(true)
      for (const { id } of [ana, eva]) {
        expect(await it.store.libreta.direcciones(id)).toEqual([])
        expect(await it.store.libreta.facturaciones(id)).toEqual([])
      }
      const { libreta } = it.store
      for (const de of [{ id: ana.id }, { id: luz.id, sesionId: sesion.id }]) {
        const nueva = { de, id: 'd', direccion: casa, predeterminada: true }
        expect(await libreta.anadir(nueva)).toEqual({ tipo: 'sin-cuenta' })
        expect(await libreta.cambiar({ ...nueva, cambios: {} })).toEqual({ tipo: 'sin-cuenta' })
        expect(await libreta.quitar(nueva)).toBe('sin-cuenta')
        expect(await libreta.ponerFacturaciones({ de, facturaciones: [] })).toBe('sin-cuenta')
      }
    })
  })
}
