import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { ConIfMatch, fieldProblem } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Deps } from '../app/deps.ts'
import type { Tarifa } from '../domain/metodo-envio.ts'
import { claseGeneral } from '../domain/totales.ts'
import { autorDe } from './autor.ts'
import { versionDistinta } from './refusals.ts'
import { codigoEnUso, sinMetodo } from './refusals-venta.ts'
import { AltaMetodo, ConCodigoMetodo, EdicionMetodo, MetodoVisto } from './venta-schemas.ts'
import { verMetodo } from './venta-views.ts'

const tags = ['venta']
const lista = { 200: Type.Object({ datos: Type.Array(MetodoVisto) }), ...rechazos() }
const alta = { 201: MetodoVisto, ...rechazos('codigo-en-uso') }
const edicion = { 200: MetodoVisto, ...rechazos('no-encontrado', 'version-distinta') }

/** @throws ProblemError 422 for steps that are in no order */
function comprobarTarifa(tarifa: Tarifa | undefined): void {
  if (!tarifa || tarifa.tipo === 'fija') return
  const { tramos } = tarifa
  if (tramos.every(({ desde }, n) => n === 0 || desde > (tramos[n - 1]?.desde ?? 0))) return
  throw fieldProblem('tarifa.tramos', 'debe empezar cada uno más arriba que el anterior')
}

/** @throws ProblemError 422 for a class of tax that there isn't; what asking productos throws */
async function comprobarClase(
  catalogo: Deps['catalogo'],
  clase: string | undefined,
  call: CallContext,
): Promise<void> {
  if (clase === undefined || clase === claseGeneral || (await catalogo.hayClase(clase, call)))
    return
  throw fieldProblem(
    'claseImpuesto',
    'nombra un impuesto que no cuenta hoy; créalo antes en los impuestos de la tienda',
    'impuesto-desconocido',
  )
}

function limpios<T extends Static<typeof EdicionMetodo>>(campos: T): T {
  comprobarTarifa(campos.tarifa)
  const { nombre } = campos
  return nombre === undefined ? campos : { ...campos, nombre: textoLimpio(nombre) }
}

/** Ways to get an order to its customer. */
export const metodosRoutes = (base: ReturnType<typeof service>, { store, catalogo, clock }: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/metodos-envio',
      async ({ identidad, set }) => {
        set.headers['cache-control'] = 'no-cache'
        const metodos = await store.metodosEnvio()
        const todos = identidad !== null && esPersonal(identidad)
        return { datos: metodos.filter(({ activo }) => activo || todos).map(verMetodo) }
      },
      {
        publico: true,
        response: lista,
        detail: {
          tags,
          summary: 'Los métodos de envío',
          description:
            'En el orden de la tienda. Los apagados solo los ve el personal. Cuáles llegan a una dirección y a qué precio lo dice `POST /cotizaciones`.',
        },
      },
    )
    .post(
      '/metodos-envio',
      async ({ body, identidad, request, call, set }) => {
        const { zonas = [], gratisDesde = null, plazoDias = null, instrucciones = null } = body
        const { claseImpuesto = claseGeneral, activo = true, posicion } = body
        const { codigo, tipo, nombre, tarifa } = limpios(body)
        const resto = {
          zonas,
          gratisDesde,
          plazoDias,
          instrucciones,
          claseImpuesto,
          activo,
          posicion,
        }
        const nuevo = { codigo, tipo, nombre, tarifa, ...resto }
        await comprobarClase(catalogo, claseImpuesto, call)
        const hecho = await store.crearMetodo(nuevo, clock.epochMs(), autorDe(identidad, request))
        if (hecho.tipo === 'codigo-en-uso') return codigoEnUso('un método de envío')
        if (hecho.tipo === 'demasiados') {
          throw fieldProblem('codigo', 'sería uno más de los que caben; cambia uno de los que hay')
        }
        const { creado } = hecho
        set.headers.location = `/metodos-envio/${creado.codigo}`
        set.headers.etag = etag(creado.version)
        return status(201, verMetodo(creado))
      },
      {
        acceso: 'admin',
        body: AltaMetodo,
        response: alta,
        detail: {
          tags,
          summary: 'Añadir un método de envío',
          description:
            '`domicilio` necesita una dirección, `retiro` no. Sin `zonas` llega a todas partes. De los `tramos` cuenta el último cuyo `desde` no pasa de lo que suman las líneas con el cupón, o de lo que pesan en gramos; por debajo del primero el método no se ofrece. `claseImpuesto`, si no es `general`, es una de `GET /impuestos` de productos, al que se pregunta.',
        },
      },
    )
    .patch(
      '/metodos-envio/:codigo',
      async ({ params, body, headers, identidad, request, call, set }) => {
        const cambios = limpios(body)
        await comprobarClase(catalogo, cambios.claseImpuesto, call)
        const hecho = await store.editarMetodo({
          codigo: params.codigo,
          cambios,
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          ahora: clock.epochMs(),
          por: autorDe(identidad, request),
        })
        if (hecho.tipo === 'no-encontrado') return sinMetodo()
        if (hecho.tipo === 'version-distinta') return versionDistinta('El método')
        set.headers.etag = etag(hecho.editado.version)
        return verMetodo(hecho.editado)
      },
      {
        acceso: 'admin',
        params: ConCodigoMetodo,
        headers: ConIfMatch,
        body: EdicionMetodo,
        response: edicion,
        detail: {
          tags,
          summary: 'Cambiar un método de envío',
          description:
            'Solo cambia lo que se envía; los pedidos hechos conservan lo que pagaron. Con `activo: false` deja de ofrecerse. Con `If-Match` responde 412 si otra persona lo cambió antes.',
        },
      },
    )
