import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { testFolder } from '@encargo/service-kit/testing/folder'
import { backupDatabase } from '@encargo/storage'
import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { imagenDe } from '../src/domain/imagen.ts'
import { datosDeAlta } from '../src/domain/producto.ts'
import { openProductosStorage } from '../src/store/sqlite/open.ts'
import { createProductosStore } from '../src/store/store.ts'

function storeDe(file: string) {
  const storage = openProductosStorage(file)
  cleanUp(() => storage.close())
  return createProductosStore(storage)
}

test('a backup of the database holds the pictures', async () => {
  const folder = testFolder('copia', cleanUp)
  const [file, copy] = [join(folder, 'productos.db'), join(folder, 'copia.db')]
  const store = storeDe(file)
  const id = Bun.randomUUIDv7()
  const autoria = { usuarioId: 'x', ahora: 1 }
  await store.crear(id, datosDeAlta({ sku: 'A', nombre: 'Taza', precio: 1 }), autoria)
  const imagen = imagenDe('image/jpeg', new TextEncoder().encode('una foto'))
  await store.ponerImagen({ ...autoria, id, admite: () => true }, imagen)
  await backupDatabase(file, copy)
  expect(await storeDe(copy).imagen(imagen.hash)).toEqual(imagen)
})
