import { appOptions, type service } from '@encargo/service-kit/http/service'
import { momentoDe } from '@encargo/service-kit/http/moments'
import { fieldProblem } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { esPersonal } from '@encargo/service-kit/identity/access'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { Elysia } from 'elysia'
import { type Impuesto, maxClases } from '../domain/impuesto.ts'
import { autoriaDe } from './autoria.ts'
import type { Deps } from './deps.ts'
import {
  ConCodigo,
  ConsultaImpuestos,
  ImpuestoPuesto,
  ImpuestoVisto,
  ListaImpuestos,
} from './impuestos-schemas.ts'
import { instante } from './views.ts'

/** As many rows of the past as are told: a rate changes every few years. */
const maxHistorial = 1000

const lista = { 200: ListaImpuestos, ...rechazos('no-autenticado', 'prohibido') }
const puesto = { 200: ImpuestoVisto, ...rechazos() }
const soloPersonal = { detail: 'El historial de impuestos solo lo ve el personal de la tienda.' }

const vista = (impuesto: Impuesto) => ({ ...impuesto, desde: instante(impuesto.desde) })

const yaEmpezado = () =>
  fieldProblem(
    'desde',
    'ya pasó, y lo que se vendió entonces no cambia; déjalo sin poner para que cuente desde ya',
    'momento-pasado',
  )

/** What of a price is tax: anyone reads it, admins say it. */
export const impuestosRoutes = (
  base: ReturnType<typeof service>,
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/impuestos',
      async ({ query, identidad, set }) => {
        set.headers['cache-control'] = 'no-cache'
        if (query.historial !== true) {
          return { datos: (await store.impuestos(clock.epochMs())).map(vista) }
        }
        if (!identidad) return rechazar('no-autenticado', soloPersonal)
        if (!esPersonal(identidad)) return rechazar('prohibido', soloPersonal)
        return { datos: (await store.historialImpuestos(maxHistorial)).map(vista) }
      },
      {
        publico: true,
        query: ConsultaImpuestos,
        response: lista,
        detail: {
          tags: ['impuestos'],
          summary: 'Los impuestos que los precios llevan dentro',
          description:
            'Lo que cuenta en este momento, una vez cada código. `tasa` va en centésimas de un por ciento (1500 es 15 %). Un producto sin `claseImpuesto` tiene `general`; de un código que no está aquí la tasa es 0. Con `historial=true` responde al personal también lo que fue y lo que será.',
        },
      },
    )
    .put(
      '/impuestos/:codigo',
      async ({ params, body, identidad, request }) => {
        const { nombre, tasa, modo = 'incluido', desde } = body
        const hecho = await store.ponerImpuesto(
          {
            codigo: params.codigo,
            nombre: textoLimpio(nombre).toWellFormed(),
            tasa,
            modo,
            desde: desde === undefined ? undefined : momentoDe('desde', desde),
          },
          autoriaDe({ identidad, request }, clock),
        )
        if (hecho.tipo === 'ya-empezado') throw yaEmpezado()
        if (hecho.tipo === 'demasiados') {
          throw fieldProblem('codigo', `sería el ${maxClases + 1}.º; usa uno de los que hay`)
        }
        return vista(hecho.impuesto)
      },
      {
        acceso: 'admin',
        params: ConCodigo,
        body: ImpuestoPuesto,
        response: puesto,
        detail: {
          tags: ['impuestos'],
          summary: 'Poner un impuesto, o cambiar su tasa',
          description:
            'Cuenta desde `desde`, o desde ya; lo vendido hasta entonces conserva su tasa. Lo que aún no ha empezado se puede cambiar repitiendo su `desde`; lo que ya empezó, no (422). Repetir lo mismo no cambia nada. `modo`: `incluido` (la tasa se suma al neto, como el IVA) o `por-dentro` (la tasa es parte del precio mismo, como en Bolivia).',
        },
      },
    )
