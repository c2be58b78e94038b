import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { Database } from 'bun:sqlite'
import { expect, spyOn, test } from 'bun:test'
import { plan } from '@encargo/storage/testing'
import { claveDeEmail } from '../src/domain/identidades.ts'
import { imagenDe } from '../src/domain/imagen-tienda.ts'
import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { nuevoCorreo, nuevoUsuario, sesionDe } from './contract/fixture.ts'

/** Asks the store for everything that it can be asked for, and answers SQLite's plans of it. */
async function plans(): Promise<readonly string[]> {
  const storage = openAuthStorage(':memory:')
  const prepare = spyOn(Database.prototype, 'prepare')
  cleanUp(() => {
    prepare.mockRestore()
    return storage.close()
  })
  const store = createAuthStore(storage)
  const [jefa, ana] = [nuevoUsuario({ rol: 'admin' }), nuevoUsuario()]
  const {
    usuarios,
    sesiones,
    frenos,
    confirmaciones,
    restablecimientos,
    correos,
    auditoria,
    libreta,
    tienda,
  } = store
  const now = 1_000_000
  const limite = 50
  const what = { direccion: undefined, now }
  await usuarios.crearPrimerAdmin(jefa, now)
  const correo = nuevoCorreo(ana.id)
  await usuarios.crear({ nuevo: ana, confirmar: { hash: 'c', correo }, now })
  const por = { actor: { id: jefa.id, como: 'admin' }, ...what } as const
  const eva = nuevoUsuario({ passwordHash: null, rol: 'operador' })
  await usuarios.crearPor({
    nuevo: eva,
    invitar: { hash: 'i', correo: nuevoCorreo(eva.id) },
    ...por,
  })
  await restablecimientos.invitar({ hash: 'j', correo: nuevoCorreo(eva.id), ...por })
  await usuarios.listar({ limite })
  await usuarios.listar({ limite, antesDe: ana.id, activo: true })
  await usuarios.listar({ limite, antesDe: ana.id, rol: 'admin' })
  await usuarios.listar({ limite, q: 'ana' })
  await usuarios.listar({ limite, cedula: '1' })
  await Promise.all([usuarios.porId(ana.id), usuarios.porIds([ana.id]), usuarios.estados([ana.id])])
  await usuarios.credencialPorEmail(ana.email)
  const actor = { id: jefa.id, como: 'admin' } as const
  const cambios = { rol: 'operador' } as const
  await usuarios.editar({ id: ana.id, actor, cambios, admite: () => true, ...what })
  await sesiones.abrir(sesionDe(ana.id), 'hash', now)
  await sesiones.renovar({ token: 'token', semilla: 's', ...what })
  await sesiones.abiertas(ana.id, now)
  await sesiones.direccionesDe(claveDeEmail(ana.email))
  await sesiones.cerrar({ usuarioId: ana.id, id: 'nada', ...what })
  const cambio = { id: ana.id, anterior: 'hash', nuevo: 'otro', salvoSesion: undefined }
  await usuarios.cambiarPassword({ ...cambio, ...what })
  await confirmaciones.usar({ hash: 'c', ...what })
  await restablecimientos.poner({ hash: 'r', correo: nuevoCorreo(ana.id), direccion: undefined })
  await restablecimientos.titular('r', now)
  await restablecimientos.usar({ hash: 'r', passwordHash: 'h', ...what })
  await correos.siguiente(now)
  await correos.proximoEn()
  await correos.listar({ limite })
  await correos.listar({ estado: 'enviado', limite })
  await correos.resumen()
  await auditoria.listar({ limite, sujetoId: ana.id, antesDe: 9 })
  await auditoria.listar({ limite, accion: 'login', antesDe: 9 })
  await auditoria.eliminados({ despuesDe: 5, limite })
  await auditoria.cambiados({ desde: now, invitadosDesde: now })
  for (const one of [sesiones, frenos, confirmaciones, restablecimientos, correos]) {
    await one.purgar(now)
  }
  const porJefa = { actorId: jefa.id, admite: () => true, ...what }
  await tienda.editar(porJefa, { nombre: 'Bazar' })
  const medidas = { ancho: null, alto: null }
  const logo = imagenDe('logo', 'image/svg+xml', Buffer.from('<svg/>'), medidas)
  await tienda.ponerImagen(porJefa, logo)
  await tienda.imagen('logo', logo.huella)
  const [de, pais] = [{ id: ana.id }, 'EC']
  const direccion = { nombre: 'Ana', calle: 'Larga 7', ciudad: 'Cuenca', pais }
  const suya = { de, id: 'd', direccion, cambios: {}, predeterminada: true }
  await libreta.anadir(suya)
  await libreta.cambiar(suya)
  await libreta.quitar(suya)
  await libreta.direcciones(ana.id)
  await libreta.ponerFacturaciones({ de, facturaciones: [] })
  await libreta.facturaciones(ana.id)
  await usuarios.borrar({ id: ana.id, actorId: jefa.id, ...what })
  const texts = prepare.mock.calls
    .map(([text]) => text)
    .filter((text) => /^\s*(?:SELECT|UPDATE|DELETE)/.test(text))
  return (await Promise.all(texts.map((sqlite) => plan(storage, { sqlite })))).flat()
}

test('whatever is asked is found along an index, however much there is', async () => {
  const found = await plans()
  const walks = found.filter((one) => one.startsWith('SCAN') && !one.startsWith('SCAN json_each'))
  // Lists in their own order, until the page is full; what finds words; and the shop, which is one.
  expect([...new Set(walks)].toSorted()).toEqual([
    'SCAN correos USING INDEX sqlite_autoindex_correos_1',
    'SCAN tienda',
    'SCAN tienda_imagenes USING INDEX tienda_imagenes_en_uso',
    'SCAN usuarios USING INDEX usuarios_id_unique',
    'SCAN usuarios_fts VIRTUAL TABLE INDEX 0:M1',
  ])
  // What words, an identity number or a mail's state find; the sessions of one person, three times; their
  // addresses; and the few pictures that one of the shop's own was before.
  expect(found.filter((one) => one.includes('TEMP B-TREE'))).toHaveLength(8)
  expect(found).toContain('SEARCH usuarios USING INDEX usuarios_id_unique (id=?)')
  expect(found).toContain(
    'SEARCH auditoria USING INDEX auditoria_por_accion (accion=? AND numero>?)',
  )
})
