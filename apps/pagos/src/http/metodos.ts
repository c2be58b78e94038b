import type { Clock } from '@encargo/service-kit/async/clock'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConIfMatch, fieldProblem } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { type IdProveedor, proveedores } from '../domain/cobro.ts'
import { type MetodoPago, vale } from '../domain/metodo.ts'
import type { MetodoStore } from '../ports/metodos.ts'
import { autorDe } from './autor.ts'
import {
  ConCodigoMetodo,
  ConsultaMetodos,
  MetodoPuesto,
  MetodosOfrecidos,
  MetodoVisto,
  ProveedorVisto,
} from './metodos-schemas.ts'

const tags = ['métodos de pago']
const ofrecidos = { 200: MetodosOfrecidos, ...rechazos() }
const todos = {
  200: Type.Object({ datos: Type.Array(MetodoVisto), proveedores: Type.Array(ProveedorVisto) }),
  ...rechazos(),
}
const puesto = { 200: MetodoVisto, 201: MetodoVisto, ...rechazos('version-distinta') }

const verOfrecido = ({ codigo, nombre, proveedor, momento, ...resto }: MetodoPago) => ({
  codigo,
  nombre,
  proveedor,
  momento,
  ...(resto.instrucciones === null ? {} : { instrucciones: resto.instrucciones }),
  ...(resto.minimo === null ? {} : { minimo: resto.minimo }),
  ...(resto.maximo === null ? {} : { maximo: resto.maximo }),
})

interface MetodosDeps {
  readonly store: MetodoStore
  readonly clock: Pick<Clock, 'epochMs'>
  /** The providers that the shop has an account with. */
  readonly encendidos: { has(proveedor: IdProveedor): boolean }
}

/** Ways to pay: anyone sees those that are offered, admins say which there are. */
export function metodosRoutes(base: ReturnType<typeof service>, deps: MetodosDeps) {
  const { store, clock, encendidos } = deps
  const verMetodo = (metodo: MetodoPago) => ({
    ...metodo,
    paises: [...metodo.paises],
    disponible: encendidos.has(metodo.proveedor),
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/metodos-pago',
      async ({ query, set }) => {
        set.headers['cache-control'] = 'no-cache'
        const metodos = await store.metodos()
        const utiles = metodos.filter((uno) => encendidos.has(uno.proveedor) && vale(uno, query))
        return { datos: utiles.map(verOfrecido) }
      },
      {
        publico: true,
        query: ConsultaMetodos,
        response: ofrecidos,
        detail: {
          tags,
          summary: 'Cómo se puede pagar',
          description:
            'En el orden de la tienda: los métodos encendidos cuyo proveedor está configurado y, si se dicen, que valen para ese `total` y ese `pais`. `momento` es `antes` o `contra-entrega`.',
        },
      },
    )
    .get(
      '/metodos-pago/todos',
      async ({ set }) => {
        set.headers['cache-control'] = 'no-cache'
        return {
          datos: (await store.metodos()).map(verMetodo),
          proveedores: proveedores.map((id) => ({ id, disponible: encendidos.has(id) })),
        }
      },
      {
        acceso: 'personal',
        response: todos,
        detail: {
          tags,
          summary: 'Todos los métodos de pago',
          description:
            'También los apagados y aquellos cuyo proveedor no está configurado. `proveedores` dice con cuáles se puede cobrar en este servidor.',
        },
      },
    )
    .put(
      '/metodos-pago/:codigo',
      async ({ params, body, headers, identidad, request, set }) => {
        const { plazoSegundos = null, instrucciones = null, minimo = null, maximo = null } = body
        const { proveedor, momento, paises = [], activo = true, posicion } = body
        if (minimo !== null && maximo !== null && maximo < minimo) {
          throw fieldProblem('maximo', 'debe ser al menos el mínimo')
        }
        const nombre = textoLimpio(body.nombre)
        const resto = { plazoSegundos, instrucciones, minimo, maximo, paises, activo, posicion }
        const hecho = await store.ponerMetodo({
          codigo: params.codigo,
          campos: { proveedor, nombre, momento, ...resto },
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          por: { ...autorDe(identidad, request), ahora: clock.epochMs() },
        })
        if (hecho.tipo === 'version-distinta') {
          return rechazar('version-distinta', {
            detail: 'El método cambió desde que lo leíste. Léelo otra vez y repite tu cambio.',
          })
        }
        if (hecho.tipo === 'demasiados') {
          throw fieldProblem('codigo', 'sería uno más de los que caben; cambia uno de los que hay')
        }
        set.headers.etag = etag(hecho.metodo.version)
        return status(hecho.tipo === 'creado' ? 201 : 200, verMetodo(hecho.metodo))
      },
      {
        acceso: 'admin',
        params: ConCodigoMetodo,
        headers: ConIfMatch,
        body: MetodoPuesto,
        response: puesto,
        detail: {
          tags,
          summary: 'Poner un método de pago, o cambiarlo',
          description:
            'Lo que no se dice queda en lo que es por sí solo; `posicion`, donde está. Repetir lo mismo no cambia nada. Con `activo: false` deja de ofrecerse; los cobros que ya hay siguen su curso. Con `If-Match` responde 412 si otra persona lo cambió antes.',
        },
      },
    )
}
