import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'bun:test'
import { openStorage, statement } from '@encargo/storage'
import { change, rows } from '@encargo/storage/testing'
import { claveDeEmail } from '../src/domain/identidades.ts'
import { sha256 } from '../src/domain/secretos.ts'
import { renovarClaves } from '../src/store/claves.ts'
import { ponerPalabras } from '../src/store/palabras.ts'
import { openAuthStorage } from '../src/store/sqlite/open.ts'
import { createAuthStore } from '../src/store/store.ts'
import { temporaryFolder } from './fixture.ts'

const migrations = join(import.meta.dir, '../src/store/sqlite/migrations')

/** A database as the version before migration number `before` left it, filled by `fill`. */
async function oldDatabase(before: number, fill: readonly string[]): Promise<string> {
  const folder = temporaryFolder()
  const migrationsFolder = join(folder, 'migrations')
  cpSync(migrations, migrationsFolder, { recursive: true })
  const file = join(migrationsFolder, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8'))
  const entries = journal.entries.slice(0, before)
  writeFileSync(file, JSON.stringify({ ...journal, entries }))
  const database = join(folder, 'auth.db')
  const storage = openStorage({ file: database, migrationsFolder })
  for (const text of fill) await storage.write(() => statement<never, []>(text).run())
  await storage.close()
  return database
}

const viejo = (id: string, email: string, clave: string, cedula: string | null, telefono = '') =>
  `INSERT INTO usuarios (id, email, email_clave, password_hash, nombre, cedula, telefono, rol, activo, creado_en, actualizado_en)
     VALUES ('${id}', '${email}', '${clave}', 'h', 'Ana', ${cedula && `'${cedula}'`}, '${telefono}', 'cliente', 1, 1, 1)`

test('identities of before are compared as those of today; of two alike one has it, and the other is told', async () => {
  const file = await oldDatabase(4, [
    viejo('uno', 'a@x.com', 'a@x.com', '09-12345', '+593 (0)99 000-0101'),
    viejo('dos', 'b@x.com', 'b@x.com', '09.12345', '(02) 200-0101'),
    viejo('tres', 'Straße@x.com', 'straße@x.com', null),
    viejo('cuatro', 'STRASSE@x.com', 'strasse@x.com', null),
    viejo('cinco', 'Weiß@x.com', 'weiß@x.com', null),
  ])
  const storage = openAuthStorage(file)
  cleanUp(() => storage.close())
  const { usuarios } = createAuthStore(storage)
  expect(await renovarClaves(storage)).toEqual(['tres'])
  const ids = async (cedula: string) =>
    (await usuarios.listar({ cedula, limite: 9 })).map(({ id }) => id).toSorted()
  expect(await ids('0912345')).toEqual(['uno'])
  expect(await ids('09.12345')).toEqual(['dos', 'uno'])
  const phones = await usuarios.porIds(['uno', 'dos'])
  expect(phones.map(({ telefono }) => telefono)).toEqual(['+593990000101', '022000101'])
  const byEmail = async (email: string) =>
    (await usuarios.credencialPorEmail(claveDeEmail(email)))?.id
  expect([await byEmail('strasse@x.com'), await byEmail('WEISS@x.com')]).toEqual([
    'cuatro',
    'cinco',
  ])
})

test('who had an account before addresses were confirmed counts as confirmed, the erased do not', async () => {
  const file = await oldDatabase(4, [
    `INSERT INTO usuarios (id, email, email_clave, password_hash, nombre, rol, activo, creado_en, actualizado_en)
       VALUES ('ana', 'Ana@x.com', 'ana@x.com', 'h', 'Ana', 'cliente', 1, 1000, 2000)`,
    `INSERT INTO usuarios (id, rol, activo, creado_en, actualizado_en, eliminado_en)
       VALUES ('luis', 'cliente', 0, 1000, 2000, 2000)`,
  ])
  const storage = openAuthStorage(file)
  cleanUp(() => storage.close())
  const store = createAuthStore(storage)
  expect(await store.usuarios.estados(['ana', 'luis'])).toEqual([
    { id: 'ana', activo: true, confirmado: true },
    { id: 'luis', activo: false, confirmado: false },
  ])
})

test('a refresh token that was used before its successor could be given again ends its session', async () => {
  const now = Date.UTC(2026, 0, 15, 12)
  const used = sha256('usado')
  const file = await oldDatabase(6, [
    `INSERT INTO usuarios (id, email, email_clave, password_hash, nombre, rol, activo, creado_en, actualizado_en)
       VALUES ('ana', 'Ana@x.com', 'ana@x.com', 'h', 'Ana', 'cliente', 1, 1000, 2000)`,
    `INSERT INTO sesiones (id, usuario_id, creada_en, ultimo_uso_en, expira_en)
       VALUES ('s', 'ana', ${now - 1000}, ${now - 1000}, ${now + 1_000_000})`,
    `INSERT INTO refrescos (hash, sesion_id, creado_en, usado_en)
       VALUES ('${used}', 's', ${now - 1000}, ${now - 1000}), ('${sha256('nuevo')}', 's', ${now - 1000}, NULL)`,
  ])
  const storage = openAuthStorage(file)
  cleanUp(() => storage.close())
  const store = createAuthStore(storage)
  const renew = (token: string) =>
    store.sesiones.renovar({ token, semilla: 'semilla', direccion: undefined, now })
  expect(await renew('nuevo')).toMatchObject({ tipo: 'renovada', usuarioId: 'ana' })
  expect(await renew('usado')).toMatchObject({ tipo: 'reutilizado' })
  expect(await renew('nuevo')).toMatchObject({ tipo: 'reutilizado' })
})

test('nothing replaces a line of the audit log', async () => {
  const storage = openAuthStorage(':memory:')
  cleanUp(() => storage.close())
  const replace = (accion: string) =>
    change(
      storage,
      `INSERT OR REPLACE INTO auditoria (numero, en, accion) VALUES (1, 0, '${accion}')`,
    )
  await replace('una')
  expect(replace('otra')).rejects.toThrow('append-only')
  expect(await rows(storage, 'SELECT accion FROM auditoria')).toEqual([{ accion: 'una' }])
})

test('who was registered before words were kept is found by them', async () => {
  const file = await oldDatabase(9, [
    viejo('ana', 'Ana@x.com', 'ana@x.com', null).replace("'Ana'", "'Ána Ñuñez'"),
    `INSERT INTO usuarios (id, rol, activo, creado_en, actualizado_en, eliminado_en)
       VALUES ('nadie', 'cliente', 0, 1000, 2000, 2000)`,
  ])
  const storage = openAuthStorage(file)
  cleanUp(() => storage.close())
  await ponerPalabras(storage)
  const { usuarios } = createAuthStore(storage)
  expect((await usuarios.listar({ q: 'nunez x.c', limite: 9 })).map(({ id }) => id)).toEqual([
    'ana',
  ])
  expect(await rows(storage, 'SELECT palabras FROM usuarios ORDER BY numero')).toEqual([
    { palabras: 'ana nunez ana x com' },
    { palabras: null },
  ])
})
