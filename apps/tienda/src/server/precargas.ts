import { consultaCatalogo } from '../datos/consultas.ts'
import type { Idioma } from '../textos/tipo.ts'
import type { Construccion } from './construccion.ts'

interface Regla {
  readonly ruta: RegExp
  /** The page's source below `src`, where it is not part of the first script. */
  readonly modulo?: string
  /** The banner is on it. */
  readonly conPortada?: true
  /** What it asks the services for, `id` being what the path names. */
  readonly datos?: (id: string) => readonly string[]
}

/** As the page's client writes it. */
const consulta = (valores: Readonly<Record<string, string | number>>) =>
  Object.entries(valores)
    .map(([nombre, valor]) => `${nombre}=${encodeURIComponent(valor)}`)
    .join('&')

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** Only what is open to everybody: without a token, nothing else is answered. */
const reglas: readonly Regla[] = [
  {
    ruta: /^\/$/,
    conPortada: true,
    datos: () => [
      `/api/productos/productos?${consulta(consultaCatalogo({}))}`,
      '/api/productos/categorias',
    ],
  },
  {
    ruta: new RegExp(`^/productos/(${uuid})$`),
    modulo: 'pages/producto/producto-page.tsx',
    datos: (id) => [
      `/api/productos/productos/${id}`,
      `/api/inventario/disponibilidad?${consulta({ ids: id })}`,
    ],
  },
  { ruta: /^\/cesta$/, modulo: 'pages/cesta/cesta-page.tsx' },
  {
    ruta: /^\/comprar$/,
    modulo: 'pages/compra/comprar-page.tsx',
    datos: () => ['/api/pedidos/metodos-envio'],
  },
  { ruta: /^\/seguimiento\/[^/]+$/, modulo: 'pages/seguimiento/seguimiento-page.tsx' },
  { ruta: new RegExp(`^/pago/${uuid}$`), modulo: 'pages/pago/pago-page.tsx' },
  { ruta: /^\/entrar$/, modulo: 'pages/acceso/entrar-page.tsx' },
  { ruta: /^\/pedidos$/, modulo: 'pages/pedidos/pedidos-page.tsx' },
  { ruta: new RegExp(`^/pedidos/${uuid}$`), modulo: 'pages/pedidos/pedido-page.tsx' },
]

/**
 * The `Link` header (RFC 8288) of a page: its own script and data, which the browser then fetches
 * while the first script is still on its way. Undefined where there is nothing to foresee.
 */
export function precargasDe(
  { pathname, search }: URL,
  { modulos, portada }: Pick<Construccion, 'modulos' | 'portada'>,
  idioma: Idioma,
): string | undefined {
  const textos = idioma === 'es' ? [] : (modulos.get(`textos/${idioma}.ts`) ?? [])
  for (const { ruta, modulo, datos, conPortada } of reglas) {
    const hallada = ruta.exec(pathname)
    if (!hallada) continue
    const guiones = modulo === undefined ? [] : (modulos.get(modulo) ?? [])
    // An address with filters asks for something else.
    const llamadas = search === '' ? (datos?.(hallada[1] ?? '') ?? []) : []
    const enlaces = [
      ...[...textos, ...guiones].map((una) => `<${una}>; rel=modulepreload`),
      ...llamadas.map((una) => `<${una}>; rel=preload; as=fetch; crossorigin=anonymous`),
      ...(conPortada && portada !== undefined && search === ''
        ? [`<${portada}>; rel=preload; as=image`]
        : []),
    ]
    return enlaces.length > 0 ? enlaces.join(', ') : undefined
  }
  return undefined
}
