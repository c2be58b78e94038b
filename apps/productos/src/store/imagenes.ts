import { type Engine, type Script, statement } from '@encargo/storage'
import { hashDeRuta, type Imagen, rutaImagen, type TipoImagen } from '../domain/imagen.ts'
import { type Archivado, graciaImagenMs, type Objetivo, type ProductosStore } from '../ports.ts'
import { cambiar } from './cambio.ts'
import { porId } from './filas.ts'

const hay = statement<{ hash: string }, [hash: string]>('SELECT hash FROM imagenes WHERE hash = ?1')
const porHash = statement<Imagen, [hash: string]>(
  'SELECT hash, tipo, bytes FROM imagenes WHERE hash = ?1',
)
// Not free at any moment: the product names it by the end of the same write.
const guardar = statement<
  never,
  [hash: string, tipo: TipoImagen, bytes: Uint8Array, creadoEn: number]
>(
  `INSERT INTO imagenes (hash, tipo, bytes, creado_en, libre_desde) VALUES (?1, ?2, ?3, ?4, NULL)
   ON CONFLICT (hash) DO UPDATE SET libre_desde = NULL`,
)
// A few more than one write brings, so that none stay.
const quitarOlvidadas = statement<never, [antesDe: number]>(
  `DELETE FROM imagenes
   WHERE hash IN (SELECT hash FROM imagenes WHERE libre_desde < ?1 LIMIT 8)`,
)

/** Of these pictures, those that are there. */
export const cuales = statement<{ hash: string }, [hashes: string]>(
  'SELECT hash FROM imagenes WHERE hash IN (SELECT value FROM json_each(?1))',
)

/** Whether an `imagenUrl` names a picture of ours that is not there. */
export function* faltaImagen(imagenUrl: string | null | undefined): Script<boolean> {
  const hash = hashDeRuta(imagenUrl)
  return hash !== undefined && (yield* hay.get(hash)) === undefined
}

function* poner(objetivo: Objetivo, { hash, tipo, bytes }: Imagen): Script<Archivado> {
  const fila = yield* porId.get(objetivo.id)
  if (!fila) return { tipo: 'no-encontrado' }
  if (!objetivo.admite(fila.version)) return { tipo: 'version-distinta' }
  yield* quitarOlvidadas.run(objetivo.ahora - graciaImagenMs)
  yield* guardar.run(hash, tipo, bytes, objetivo.ahora)
  return yield* cambiar(fila, { ...objetivo, cambios: { imagenUrl: rutaImagen(hash) } })
}

/** The uploaded pictures, beside the products in the same database, so that a backup has both. */
export const imagenes = (engine: Engine): Pick<ProductosStore, 'imagen' | 'ponerImagen'> => ({
  imagen: (hash) => engine.ask(porHash.get(hash)),
  ponerImagen: (objetivo, imagen) => engine.write(() => poner(objetivo, imagen)),
})
