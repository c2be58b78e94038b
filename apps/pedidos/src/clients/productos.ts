import type { ProductosApp } from '@encargo/productos'
import { exigir, late } from '@encargo/service-kit/peer/answers'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import { maxIds } from '@encargo/service-kit/http/schemas'
import { otherCurrency } from '@encargo/service-kit/peer/peer-watch'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { SingleFlight } from '@encargo/service-kit/async/single-flight'
import { type Static, Type } from '@sinclair/typebox'
import { Batcher, type Tiempo } from './batcher.ts'
import { type Articulo, totalMaximo } from '../domain/compra.ts'
import type { Gravamen } from '../domain/condiciones.ts'
import { sinGravamen } from '../domain/totales.ts'
import type { Catalogo } from '../ports/peers.ts'
import { client } from './peer.ts'

const Tasa = Type.Integer({ minimum: 0, maximum: 10_000 })
const Modo = Type.Union([Type.Literal('incluido'), Type.Literal('por-dentro')])
const gramosMaximos = 1_000_000_000

const Articulos = Type.Object({
  datos: Type.Array(
    Type.Object({
      id: Type.String(),
      sku: Type.String(),
      nombre: Type.String(),
      precio: Type.Integer({ minimum: 0, maximum: totalMaximo }),
      moneda: Type.String(),
      activo: Type.Boolean(),
      // A productos of before knew nothing of taxes and weights.
      categoria: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      claseImpuesto: Type.Optional(Type.String()),
      tasa: Type.Optional(Tasa),
      modo: Type.Optional(Modo),
      pesoGramos: Type.Optional(
        Type.Union([Type.Integer({ minimum: 0, maximum: gramosMaximos }), Type.Null()]),
      ),
    }),
  ),
})
const sonArticulos = shape(Articulos)
const sonImpuestos = shape(
  Type.Object({
    datos: Type.Array(Type.Object({ codigo: Type.String(), tasa: Tasa, modo: Modo })),
  }),
)
type DeArticulo = Static<typeof Articulos>['datos'][number]

function articuloDe(uno: DeArticulo): Articulo {
  const { claseImpuesto: clase, tasa = 0 } = uno
  return {
    id: uno.id,
    sku: uno.sku,
    nombre: uno.nombre,
    precio: uno.precio,
    moneda: uno.moneda,
    activo: uno.activo,
    categoria: uno.categoria ?? null,
    pesoGramos: uno.pesoGramos ?? null,
    gravamen:
      clase === undefined ? sinGravamen : { clase, tasa, porDentro: uno.modo === 'por-dentro' },
  }
}

/** How old what is known of the classes of tax may be, in milliseconds: they change every few years. */
const clasesMs = 5_000

/**
 * productos' catalogue: the look-ups of one moment are one call. Anyone may ask, so a call waits
 * for no token; with the one at hand it is not counted against the rate of this address. Prices are in
 * `moneda`, or there are none.
 */
export function createCatalogo(
  link: PeerLink,
  token: ServiceToken,
  moneda: string,
  tiempo: Tiempo,
): Catalogo {
  const productos = client<ProductosApp>(link)
  const preguntar = (ids: readonly string[], headers: Record<string, string>) =>
    ask(
      'productos',
      productos.productos.articulos.get({ query: { ids: ids.join(',') }, headers }),
      sonArticulos,
    )
  const articulos = new Batcher<string, Articulo>({
    maxKeys: maxIds,
    tiempo,
    async load(ids, call) {
      const held = token.held()
      const known = held === undefined ? {} : { authorization: `Bearer ${held}` }
      let answer = await preguntar(ids, { ...callHeaders(call), ...known })
      if (!answer.ok && answer.error.status === 401) {
        token.forget(held)
        answer = await preguntar(ids, callHeaders(call))
      }
      const { datos } = exigir('productos', answer)
      const ajeno = datos.find((articulo) => articulo.moneda !== moneda)
      if (ajeno) {
        throw link.fit.refuse('moneda', otherCurrency('productos', ajeno.moneda, moneda))
      }
      return new Map(datos.map((articulo) => [articulo.id, articuloDe(articulo)]))
    },
  })
  const enCurso = new SingleFlight<'clases', ReadonlyMap<string, Gravamen>>()
  let clases: { readonly hasta: number; readonly de: ReadonlyMap<string, Gravamen> } | undefined
  async function leerClases(call: CallContext) {
    const pregunta = productos.impuestos.get({ query: {}, headers: callHeaders(call) })
    const { datos } = exigir('productos', await ask('productos', pregunta, sonImpuestos))
    const de = new Map(
      datos.map(({ codigo: clase, tasa, modo }) => {
        return [clase, { clase, tasa, porDentro: modo === 'por-dentro' }]
      }),
    )
    clases = { hasta: tiempo.clock.monoMs() + clasesMs, de }
    return de
  }
  return {
    async gravamenes(call) {
      if (clases && tiempo.clock.monoMs() < clases.hasta) return clases.de
      return await enCurso.run('clases', () => leerClases(call))
    },
    async hayClase(codigo, call) {
      // What was asked a moment ago may miss one that was made since.
      return clases?.de.has(codigo) === true || (await leerClases(call)).has(codigo)
    },
    async buscar(ids, call) {
      const hallados = await articulos.get(ids, call, late('productos'))
      // Of the call's answer, only what was asked for here.
      return new Map(
        ids.flatMap((id) => {
          const articulo = hallados.get(id)
          return articulo ? [[id, articulo] as const] : []
        }),
      )
    },
  }
}
