import { type Engine, type Script, statement } from '@encargo/storage'
import type { ImagenGuardada, ImagenTienda, NuevaImagen } from '../domain/imagen-tienda.ts'
import {
  cambiados,
  type CambiosCara,
  type Cara,
  conCambios,
  sinCara,
  type UsoImagen,
} from '../domain/tienda.ts'
import type { CambioTienda, Tienda, TiendaCambiada, TiendaStore } from '../ports/tienda.ts'
import { mayAct } from './actor.ts'
import { apuntar } from './auditoria.ts'

/** So many of each use are kept after another took their place: pages that name them are still open. */
const anterioresQueQuedan = 4

const leer = statement<{ cara: string; version: number; actualizadoEn: number }, []>(
  'SELECT cara, version, actualizado_en AS "actualizadoEn" FROM tienda',
)
const enUso = statement<ImagenTienda, []>(
  'SELECT uso, huella, tipo, ancho, alto FROM tienda_imagenes WHERE libre_desde IS NULL ORDER BY uso',
)
const guardar = statement<never, [cara: string, version: number, now: number]>(
  `INSERT INTO tienda (id, cara, version, actualizado_en) VALUES (1, ?1, ?2, ?3)
   ON CONFLICT (id) DO UPDATE SET cara = ?1, version = ?2, actualizado_en = ?3`,
)
const imagen = statement<ImagenGuardada, [uso: UsoImagen, huella: string]>(
  'SELECT tipo, bytes FROM tienda_imagenes WHERE uso = ?1 AND huella = ?2',
)
const soltar = statement<never, [uso: UsoImagen, now: number]>(
  'UPDATE tienda_imagenes SET libre_desde = ?2 WHERE uso = ?1 AND libre_desde IS NULL',
)
const quitarAnteriores = statement<never, [uso: UsoImagen, quedan: number]>(
  `DELETE FROM tienda_imagenes WHERE uso = ?1 AND libre_desde IS NOT NULL AND huella NOT IN (
     SELECT huella FROM tienda_imagenes WHERE uso = ?1 AND libre_desde IS NOT NULL
     ORDER BY libre_desde DESC, huella LIMIT ?2)`,
)
const poner = statement<
  never,
  [
    uso: UsoImagen,
    huella: string,
    tipo: string,
    ancho: number | null,
    alto: number | null,
    bytes: Uint8Array,
  ]
>(
  `INSERT INTO tienda_imagenes (uso, huella, tipo, ancho, alto, bytes, libre_desde)
   VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)
   ON CONFLICT (uso, huella) DO UPDATE SET libre_desde = NULL`,
)

function* leida(primera: Cara): Script<Tienda> {
  const fila = yield* leer.get()
  const imagenes = yield* enUso.all()
  if (!fila) return { cara: primera, imagenes, version: 0, actualizadoEn: null }
  const { cara, ...resto } = fila
  const dicha: Partial<Cara> = JSON.parse(cara)
  // What this version added is not in what an older one wrote.
  return { cara: conCambios(sinCara, dicha), imagenes, ...resto }
}

interface Decidido {
  readonly cara: Cara
  /** What is not as it was, by name: the log says that, and not what it is now. */
  readonly cambios: readonly string[]
}

/** Writes what `decidir` makes of the shop that is there, and first the picture that belongs to it. */
function* cambiar(
  primera: Cara,
  { actorId, direccion, admite, now }: CambioTienda,
  decidir: (antes: Tienda) => Decidido,
  escribirImagen?: () => Script<void>,
): Script<TiendaCambiada> {
  const antes = yield* leida(primera)
  if (!admite(antes.version)) return { tipo: 'version-distinta' }
  if (!(yield* mayAct({ id: actorId, como: 'admin' }))) return { tipo: 'sin-permiso' }
  const { cara, cambios } = decidir(antes)
  if (cambios.length === 0) return { tipo: 'guardada', tienda: antes }
  if (escribirImagen) yield* escribirImagen()
  yield* guardar.run(JSON.stringify(cara), antes.version + 1, now)
  const detalle = cambios.join(', ')
  yield* apuntar({ en: now, accion: 'tienda-editada', actorId, direccion, detalle })
  return { tipo: 'guardada', tienda: yield* leida(primera) }
}

function editar(primera: Cara, cambio: CambioTienda, cambios: CambiosCara): Script<TiendaCambiada> {
  return cambiar(primera, cambio, (antes) => {
    const cara = conCambios(antes.cara, cambios)
    return { cara, cambios: cambiados(antes.cara, cara) }
  })
}

function otraImagen(
  primera: Cara,
  cambio: CambioTienda,
  uso: UsoImagen,
  nueva?: NuevaImagen,
): Script<TiendaCambiada> {
  const decidir = ({ cara, imagenes }: Tienda): Decidido => {
    const actual = imagenes.find((una) => una.uso === uso)
    return { cara, cambios: actual?.huella === nueva?.huella ? [] : [`imagen ${uso}`] }
  }
  return cambiar(primera, cambio, decidir, function* () {
    yield* soltar.run(uso, cambio.now)
    if (nueva) {
      yield* poner.run(uso, nueva.huella, nueva.tipo, nueva.ancho, nueva.alto, nueva.bytes)
    }
    yield* quitarAnteriores.run(uso, anterioresQueQuedan)
  })
}

/** The shop's own face: read whole and written whole, so its words are one text. */
export const createTiendaStore = (engine: Engine, primera: Cara): TiendaStore => ({
  leer: () => engine.read(() => leida(primera)),
  editar: (cambio, cambios) => engine.write(() => editar(primera, cambio, cambios)),
  ponerImagen: (cambio, nueva) => engine.write(() => otraImagen(primera, cambio, nueva.uso, nueva)),
  quitarImagen: (cambio, uso) => engine.write(() => otraImagen(primera, cambio, uso)),
  imagen: (uso, huella) => engine.ask(imagen.get(uso, huella)),
})
