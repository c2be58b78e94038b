import type { Storage } from '@encargo/storage'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import { type Archivado, graciaImagenMs, type Imagenes, type Objetivo } from '../ports.ts'
import { hashDeRuta, type Imagen, rutaImagen } from '../domain/imagen.ts'
import { cambiar, type Db, vistoDe } from './cambio.ts'
import { imagenes, productos, type schema } from './sqlite/tables.ts'

/** How many forgotten pictures one write removes: a few more than it brings, so that none stay. */
const removedAtOnce = 8

/** Whether an `imagenUrl` names a picture of ours that is not there. */
export function faltaImagen(db: Db, imagenUrl: string | null | undefined): boolean {
  const hash = hashDeRuta(imagenUrl)
  if (hash === null) return false
  return !db.select({ hash: imagenes.hash }).from(imagenes).where(eq(imagenes.hash, hash)).get()
}

function quitarOlvidadas(db: Db, ahora: Date): void {
  const olvidadas = db
    .select({ hash: imagenes.hash })
    .from(imagenes)
    .where(lt(imagenes.libreDesde, new Date(ahora.getTime() - graciaImagenMs)))
    .limit(removedAtOnce)
  db.delete(imagenes).where(inArray(imagenes.hash, olvidadas)).run()
}

/** The uploaded pictures, beside the products in the same database, so that a backup has both. */
export class SqliteImagenes implements Imagenes {
  readonly #storage: Storage<typeof schema>
  readonly #moneda: string
  readonly #byHash

  constructor(storage: Storage<typeof schema>, moneda: string) {
    this.#storage = storage
    this.#moneda = moneda
    this.#byHash = storage.db
      .select({ hash: imagenes.hash, tipo: imagenes.tipo, bytes: imagenes.bytes })
      .from(imagenes)
      .where(eq(imagenes.hash, sql.placeholder('hash')))
      .prepare()
  }

  async porHash(hash: string): Promise<Imagen | null> {
    return this.#byHash.get({ hash }) ?? null
  }

  async poner(objetivo: Objetivo, { hash, tipo, bytes }: Imagen): Promise<Archivado> {
    const { id, ahora } = objetivo
    return await this.#storage.write((db): Archivado => {
      const fila = db.select().from(productos).where(eq(productos.id, id)).get()
      if (!fila) return { tipo: 'no-encontrado' }
      if (!objetivo.admite(fila.version)) return { tipo: 'version-distinta' }
      quitarOlvidadas(db, ahora)
      // Not free at any moment: the product names it by the end of this write.
      db.insert(imagenes)
        .values({ hash, tipo, bytes: Buffer.from(bytes), creadoEn: ahora, libreDesde: null })
        .onConflictDoUpdate({ target: imagenes.hash, set: { libreDesde: null } })
        .run()
      const cambios = { imagenUrl: rutaImagen(hash) }
      return vistoDe(cambiar(db, fila, { ...objetivo, cambios }), this.#moneda)
    })
  }
}
