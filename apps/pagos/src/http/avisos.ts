import { readBody } from '@encargo/service-kit/http/edge/read-body'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rawMark } from '@encargo/service-kit/http/plugins/body'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { cuando, type Deps } from '../app/deps.ts'
import type { CasosDeUso } from '../app/index.ts'
import * as deberes from '../domain/deberes.ts'
import { esNombre } from '../domain/creible.ts'
import { FirmaInvalida, type Proveedor } from '../ports/proveedor.ts'
import { autorDe } from './autor.ts'
import {
  AvisoVisto,
  ConAviso,
  ConProveedor,
  ConsultaAvisos,
  PaginaAvisos,
} from './cobros-schemas.ts'
import { verAviso } from './cobros-views.ts'

/** The largest notice, in bytes. */
const maxAvisoBytes = 64 * 1024
/** The longest that one may take to arrive, in milliseconds. */
const maxMs = 10_000

const tags = ['avisos']
const Lugar = Type.Tuple([Type.Integer(), Type.String(), Type.String()])

/** What came of a notice, as the metrics count it. */
export type Llegada = 'guardado' | 'repetido' | 'sin-interes' | 'firma-invalida'

const sinProveedor = () =>
  rechazar('no-encontrado', { detail: 'La tienda no cobra con ese proveedor.' })
const sinAviso = () => rechazar('no-encontrado', { detail: 'Ese aviso no existe.' })

/** Verifies a notice and puts it on disk. What it says is not believed: it only causes a question. */
async function recibir(
  { store, clock, enseguida }: Pick<Deps, 'store' | 'clock' | 'enseguida'>,
  proveedor: Proveedor,
  request: Request,
): Promise<Llegada> {
  const cuerpo = await readBody(request, { maxBytes: maxAvisoBytes, maxMs })
  try {
    const url = new URL(request.url)
    const leido = await proveedor.leerAviso(request.headers, cuerpo, url)
    if (!leido || !esNombre(leido.eventoId) || !esNombre(leido.referencia)) return 'sin-interes'
    const ahora = clock.epochMs()
    const aviso = { proveedor: proveedor.id, ...leido, cuerpo, ahora }
    if (!(await store.guardar(aviso))) return 'repetido'
    const { eventoId: clave, referencia } = leido
    const datos = { referencia, recibidoEn: ahora }
    enseguida({ tipo: deberes.aviso(proveedor.id), clave, datos, intentos: 0 })
    return 'guardado'
  } catch (error) {
    if (error instanceof FirmaInvalida) return 'firma-invalida'
    throw error
  }
}

/** `stripe:evt_1`. */
function partes(id: string): [proveedor: string, eventoId: string] {
  const fin = id.indexOf(':')
  return [id.slice(0, Math.max(0, fin)), id.slice(fin + 1)]
}

const cuerpoCrudo = {
  required: true,
  content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
} as const

/** The inbox: what providers tell, byte for byte, and what staff sees of it. */
export const avisosRoutes = (
  base: ReturnType<typeof service>,
  { deps }: CasosDeUso,
  contar: (proveedor: string, llegada: Llegada) => void,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      // One name for what stands there in both routes, as the router wants it.
      '/avisos/:id',
      async ({ params, request }) => {
        const proveedor = [...deps.proveedores.values()].find(({ id }) => id === params.id)
        if (!proveedor?.puede.consultar) return sinProveedor()
        const llegada = await recibir(deps, proveedor, request)
        contar(proveedor.id, llegada)
        if (llegada === 'firma-invalida') {
          return rechazar('firma-invalida', {
            detail: 'El aviso no está firmado por el proveedor, o es demasiado antiguo.',
          })
        }
        return { recibido: true as const }
      },
      {
        publico: true,
        params: ConProveedor,
        response: {
          200: Type.Object({ recibido: Type.Literal(true) }),
          ...rechazos('firma-invalida', 'no-encontrado'),
        },
        detail: {
          tags,
          summary: 'Un aviso de un proveedor',
          description:
            'Tal como lo manda el proveedor, con su firma, hasta 64 KiB. 200 cuando está en disco; repetirlo no hace nada más. Lo que dice no se cree: se le pregunta al proveedor.',
          [rawMark]: true,
          requestBody: cuerpoCrudo,
        },
      },
    )
    .get(
      '/avisos',
      async ({ query: { estado, cursor, limite = limitePorDefecto } }) => {
        const antesDe = cursor === undefined ? undefined : decodeCursor(Lugar, cursor)
        const avisos = await deps.store.avisos({ estado, antesDe, limite })
        return toPagina(avisos, limite, verAviso, (uno) => [
          uno.recibidoEn,
          uno.proveedor,
          uno.eventoId,
        ])
      },
      {
        acceso: 'personal',
        query: ConsultaAvisos,
        response: { 200: PaginaAvisos, ...rechazos() },
        detail: {
          tags,
          summary: 'Los avisos recibidos, del más nuevo al más antiguo',
          description:
            '`pendiente`: por preguntar, con lo que falló. `ajeno`: de un cobro que no se conoce.',
        },
      },
    )
    .post(
      '/avisos/:id/reintentar',
      async ({ params, identidad, request, call }) => {
        const { ahora, traza } = cuando(deps, call)
        const por = { ...autorDe(identidad, request), ahora }
        const [proveedor, eventoId] = partes(params.id)
        const aviso = await deps.store.reintentar(proveedor, eventoId, { ahora, traza }, por)
        return aviso ? verAviso(aviso) : sinAviso()
      },
      {
        acceso: 'personal',
        params: ConAviso,
        response: { 200: AvisoVisto, ...rechazos('no-encontrado') },
        detail: {
          tags,
          summary: 'Intentar otra vez un aviso',
          description: 'También uno `ajeno`. De uno hecho no cambia nada.',
        },
      },
    )
