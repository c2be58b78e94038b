import { describe, expect, test } from 'bun:test'
import { imagenDe } from '../../src/domain/imagen-tienda.ts'
import { sinCara, type UsoImagen } from '../../src/domain/tienda.ts'
import type { CambioTienda } from '../../src/ports/tienda.ts'
import { direccion, eachStore, nuevoUsuario, now, type OpenStore } from './fixture.ts'

const dibujo = (uso: UsoImagen, texto: string) =>
  imagenDe(uso, 'image/svg+xml', Buffer.from(texto), { ancho: 8, alto: null })

/** What whoever keeps the shop's own face promises. */
export function tiendaContract(name: string, open: OpenStore): void {
  describe(`the shop's own face on ${name}`, () => {
    const it = eachStore(open)

    async function jefa(): Promise<CambioTienda> {
      const admin = nuevoUsuario({ rol: 'admin' })
      await it.store.usuarios.crearPrimerAdmin(admin, now)
      return { actorId: admin.id, direccion, admite: () => true, now }
    }

    test('is nobody’s until something is said, and then what was said', async () => {
      const { tienda } = it.store
      expect(await tienda.leer()).toEqual({
        cara: sinCara,
        imagenes: [],
        version: 0,
        actualizadoEn: null,
      })
      const cambio = await jefa()
      const cambios = { nombre: 'Bazar', contacto: { email: 'hola@bazar.example' } }
      const contacto = { ...sinCara.contacto, email: 'hola@bazar.example' }
      const guardada = {
        cara: { ...sinCara, nombre: 'Bazar', contacto },
        imagenes: [],
        version: 1,
        actualizadoEn: now,
      }
      expect(await tienda.editar(cambio, cambios)).toEqual({ tipo: 'guardada', tienda: guardada })
      expect(await tienda.leer()).toEqual(guardada)
    })

    test('changes for admins who saw the version that is there, with a line of the log for each', async () => {
      const { tienda, auditoria } = it.store
      const cambio = await jefa()
      const ana = await it.crear()
      const late = { ...cambio, admite: (version: number) => version === 7 }
      const other = { ...cambio, actorId: ana.id }
      const logo = dibujo('logo', '<svg/>')
      const changes = (by: CambioTienda) => [
        tienda.editar(by, { nombre: 'Bazar' }),
        tienda.ponerImagen(by, logo),
        tienda.quitarImagen(by, 'logo'),
      ]
      for (const change of changes(late)) expect(await change).toEqual({ tipo: 'version-distinta' })
      for (const change of changes(other)) expect(await change).toEqual({ tipo: 'sin-permiso' })
      expect((await tienda.leer()).version).toBe(0)
      for (const change of changes(cambio)) expect((await change).tipo).toBe('guardada')
      const lines = await auditoria.listar({ accion: 'tienda-editada', limite: 9 })
      expect(lines.map(({ detalle }) => detalle)).toEqual(['imagen logo', 'imagen logo', 'nombre'])
      expect((await tienda.leer()).version).toBe(3)
    })

    test('has one picture of each use, and still shows the one before', async () => {
      const { tienda } = it.store
      const cambio = await jefa()
      const [uno, otro] = [dibujo('logo', '<svg/>'), dibujo('logo', '<svg />')]
      for (const logo of [uno, otro, otro]) await tienda.ponerImagen(cambio, logo)
      await tienda.ponerImagen(cambio, dibujo('icono', '<svg/>'))
      const { imagenes, version } = await tienda.leer()
      const { bytes, ...visto } = otro
      expect(version).toBe(3)
      expect(imagenes).toHaveLength(2)
      expect(imagenes).toContainEqual(visto)
      const { tipo } = otro
      expect(await tienda.imagen('logo', otro.huella)).toEqual({ tipo, bytes: Buffer.from(bytes) })
      expect(await tienda.imagen('logo', uno.huella)).toMatchObject({ tipo })
      expect(await tienda.imagen('portada', uno.huella)).toBeUndefined()
    })
  })
}
