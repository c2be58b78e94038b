import type { Averia } from '../../../../../scripts/probar-proveedor/banco.ts'
import { averiada } from '../../../../../scripts/probar-proveedor/averias.ts'
import { crearEstado, type Estado, Negado, type Preferencia } from './estado.ts'
import { paginaDePago } from './pagina.ts'

type Cuerpo = Readonly<Record<string, unknown>>

const json = (datos: unknown, status = 200) => Response.json(datos, { status })

const negado = (error: unknown) => {
  if (!(error instanceof Negado)) throw error
  const { status, codigo, message } = error
  const causa = [{ code: codigo, description: message, data: null }]
  return json({ message, error: 'bad_request', status, cause: causa }, status)
}

function buscar({ pagos }: Estado, query: URLSearchParams) {
  const externa = query.get('external_reference')
  const [desde, hasta] = ['begin_date', 'end_date'].map((una) => Date.parse(query.get(una) ?? ''))
  const hallados = [...pagos.values()].filter((pago) => {
    const visto = Date.parse(pago.date_last_updated)
    const dentro = !(visto < (desde ?? Number.NaN)) && !(visto > (hasta ?? Number.NaN))
    return dentro && (externa === null || pago.external_reference === externa)
  })
  const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 30)]
  // A list does not tell what was given back.
  const results = hallados
    .slice(offset, offset + limit)
    .map((pago) => ({ ...pago, refunds: undefined }))
  return { paging: { total: hallados.length, limit, offset }, results }
}

/** What `cuerpo` would make of a preference. */
const pedida = (cuerpo: Cuerpo) =>
  ({ back_urls: {}, expires: false, expiration_date_to: null, ...cuerpo }) as Preferencia

const rutas: readonly [
  string,
  RegExp,
  (estado: Estado, id: string, cuerpo: Cuerpo, url: URL) => unknown,
][] = [
  [
    'POST',
    /^\/checkout\/preferences\/?$/,
    (estado, _id, cuerpo, url) => {
      const nueva = estado.abrir(pedida(cuerpo))
      return { ...nueva, init_point: `${url.origin}/checkout/v1/redirect?pref_id=${nueva.id}` }
    },
  ],
  [
    'GET',
    /^\/checkout\/preferences\/search$/,
    ({ preferencias }, _id, _cuerpo, url) => {
      const externa = url.searchParams.get('external_reference')
      const suyas = [...preferencias.values()].filter((una) => una.external_reference === externa)
      return { elements: suyas.map((una) => ({ ...una, items: undefined })), total: suyas.length }
    },
  ],
  ['GET', /^\/checkout\/preferences\/([^/]+)$/, (estado, id) => estado.preferenciaDe(id)],
  [
    'PUT',
    /^\/checkout\/preferences\/([^/]+)$/,
    (estado, id, cuerpo) => Object.assign(estado.preferenciaDe(id), cuerpo),
  ],
  ['GET', /^\/v1\/payments\/search$/, (estado, _id, _c, url) => buscar(estado, url.searchParams)],
  ['GET', /^\/v1\/payments\/(\d+)$/, (estado, id) => estado.pagoDe(Number(id))],
  ['PUT', /^\/v1\/payments\/(\d+)$/, (estado, id) => estado.anular(Number(id))],
  [
    'POST',
    /^\/v1\/payments\/(\d+)\/refunds$/,
    (estado, id, cuerpo) => estado.devolver(Number(id), Number(cuerpo['amount'])),
  ],
  // An order of theirs has the number of its payment here.
  ['GET', /^\/merchant_orders\/(\d+)$/, (estado, id) => estado.pagoDe(Number(id))],
  [
    'GET',
    /^\/v1\/chargebacks\/(\d+)$/,
    (estado, id) => {
      const visto = estado.contracargos.get(Number(id))
      if (!visto) throw new Negado(404, 404, 'chargeback not found')
      return visto
    },
  ],
]

export interface MercadoPagoFalso {
  readonly url: string
  readonly estado: Estado
  /** From now on each call of its API ends so; undefined: well. */
  averia: Averia | undefined
  /** Of which calls, by method and path. */
  averiadas: RegExp
  detener(): Promise<void>
}

/** A Mercado Pago of one account on this machine: its API, and the page where one pays. */
export function abrirMercadoPagoFalso(
  accessToken: string,
  ahora: () => number = Date.now,
): MercadoPagoFalso {
  const estado = crearEstado(ahora)
  /** Forgotten after a day. */
  const repetidas = new Map<string, { body: string; status: number; en: number }>()

  async function hacer(request: Request, url: URL): Promise<Response> {
    if (request.headers.get('authorization') !== `Bearer ${accessToken}`) {
      return json({ message: 'invalid_token', error: 'unauthorized', status: 401 }, 401)
    }
    const clave = `${url.pathname} ${request.headers.get('x-idempotency-key')}`
    const conClave = request.headers.has('x-idempotency-key')
    const texto = await request.text()
    const antes = conClave ? repetidas.get(clave) : undefined
    if (antes && ahora() - antes.en < 86_400_000)
      return new Response(antes.body, { status: antes.status })
    for (const [metodo, forma, responder] of rutas) {
      const [hallada, id = ''] = request.method === metodo ? (forma.exec(url.pathname) ?? []) : []
      if (hallada === undefined) continue
      try {
        const datos = responder(estado, id, texto ? (JSON.parse(texto) as Cuerpo) : {}, url)
        const status = metodo === 'POST' ? 201 : 200
        if (conClave) repetidas.set(clave, { body: JSON.stringify(datos), status, en: ahora() })
        return json(datos, status)
      } catch (error) {
        return negado(error)
      }
    }
    return json({ message: 'resource not found', error: 'not_found', status: 404 }, 404)
  }

  const servidor = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 60,
    async fetch(request) {
      const url = new URL(request.url)
      if (url.pathname.startsWith('/checkout/v1/')) return await paginaDePago(estado, request, url)
      return falso.averia !== undefined && falso.averiadas.test(`${request.method} ${url.pathname}`)
        ? await averiada(falso.averia, request, () => hacer(request, url))
        : await hacer(request, url)
    },
  })
  const falso: MercadoPagoFalso = {
    url: servidor.url.origin,
    estado,
    averia: undefined,
    averiadas: /^/,
    detener: () => servidor.stop(true),
  }
  return falso
}
