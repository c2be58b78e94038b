import { fieldProblem, limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { notNow, rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { esPersonal } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { cobrar, type PeticionCobro } from '../app/cobrar.ts'
import { contarYa } from '../app/contar.ts'
import { cerrarCobro } from '../app/proveedor.ts'
import type { CasosDeUso } from '../app/index.ts'
import { autorDe } from './autor.ts'
import {
  AltaCobro,
  CobroVisto,
  ConClave,
  ConCobro,
  ConsultaCobros,
  PaginaCobros,
  SinCuerpo,
} from './cobros-schemas.ts'
import { veTodo, verCobro, verDeLista } from './cobros-views.ts'
import { loVe, tokenDe } from './quien.ts'
import { recibidoDe } from './recibido.ts'
import {
  claveDistinta,
  noCobrable,
  referenciaRepetida,
  sinCobro,
  sinIdentificar,
  sinPedido,
  soloPersonal,
} from './refusals.ts'

const tags = ['cobros']
const alta = {
  201: CobroVisto,
  ...rechazos(
    'no-encontrado',
    'pedido-no-cobrable',
    'importe-excedido',
    'metodo-pago-no-disponible',
    'referencia-repetida',
    'idempotencia-distinta',
  ),
}
const uno = { 200: CobroVisto, ...rechazos('no-encontrado') }
const lista = { 200: PaginaCobros, ...rechazos('no-encontrado') }
const Lugar = Type.Integer({ minimum: 1 })

const noDisponible = (detail: string) => rechazar('metodo-pago-no-disponible', { detail })

type Cuerpo = Static<typeof AltaCobro>

/** @throws ProblemError 401, 422, 503 for who can't be told apart, or says neither or both of the two */
function deQuien(
  { pedidoId, seguimiento }: Cuerpo,
  identidad: Identidad | null,
  request: Request,
): PeticionCobro['de'] {
  if ((pedidoId === undefined) === (seguimiento === undefined)) {
    throw fieldProblem('pedidoId', 'o `seguimiento`: hace falta uno de los dos')
  }
  if (seguimiento !== undefined) return { enlace: seguimiento }
  const token = tokenDe(request)
  if (token === undefined || pedidoId === undefined) throw sinIdentificar()
  // With a token, but nobody can tell now whose.
  if (!identidad) throw notNow('Ahora mismo no se puede comprobar quién eres.', 1_000)
  return { pedidoId, token }
}

/** @throws ProblemError 422 */
function volverDe(texto: string | undefined, retornos: readonly string[]): string | null {
  if (texto === undefined) return null
  const url = URL.parse(texto)
  if (url && retornos.includes(url.origin)) return url.href
  throw fieldProblem('volverA', 'debe ser una página de la tienda, en una dirección completa')
}

function capturaDe({ captura }: Cuerpo, ahora: number): PeticionCobro['captura'] {
  if (!captura) return undefined
  const { referencia } = captura
  const recibidoEn = recibidoDe('captura.recibidoEn', captura.recibidoEn, ahora)
  return {
    ...(referencia === undefined ? {} : { referencia }),
    ...(recibidoEn === undefined ? {} : { recibidoEn }),
  }
}

/** Charges: asking for one, looking at it, and closing it. */
export const cobrosRoutes = (
  base: ReturnType<typeof service>,
  { deps, cumplidor }: CasosDeUso,
  retornos: readonly string[],
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/cobros',
      async ({ body, headers, identidad, request, call, set }) => {
        const de = deQuien(body, identidad, request)
        const personal = identidad !== null && esPersonal(identidad)
        if ((body.importe !== undefined || body.captura) && !personal) {
          return soloPersonal('Cobrar una parte, o anotar dinero recibido,')
        }
        const texto = headers['idempotency-key']
        const clave = texto && { clave: texto, huella: huellaDe('POST /cobros', body) }
        const hecho = await cobrar(
          deps,
          cumplidor,
          {
            de,
            metodo: body.metodo,
            volverA: volverDe(body.volverA, retornos),
            importe: body.importe,
            captura: capturaDe(body, deps.clock.epochMs()),
            clave: clave || undefined,
            quien: identidad ? autorDe(identidad, request) : undefined,
            personal,
          },
          call,
        )
        switch (hecho.tipo) {
          case 'hecho':
            set.headers.location = `/cobros/${hecho.cobro.id}`
            return status(201, verCobro(hecho.cobro, identidad, hecho.metodo))
          case 'no-encontrado':
            return sinPedido()
          case 'no-cobrable':
            return noCobrable()
          case 'excedido':
            return rechazar('importe-excedido', {
              detail: `De ese pedido quedan por cobrar ${hecho.queda}, en la unidad menor.`,
            })
          case 'metodo-no-disponible':
            return noDisponible('Ese método no está disponible para este pedido. Elige otro.')
          case 'rechazado':
            return noDisponible('El proveedor no aceptó el cobro. Prueba otra vez, o elige otro.')
          case 'no-manual':
            throw fieldProblem('captura', 'solo se anota en métodos que se cobran a mano')
          case 'referencia-repetida':
            return referenciaRepetida()
          case 'distinta':
            return claveDistinta()
        }
      },
      {
        publico: true,
        headers: ConClave,
        body: AltaCobro,
        response: alta,
        detail: {
          tags,
          summary: 'Cobrar un pedido',
          description:
            'Lo propio con un token, o lo de un enlace con `seguimiento`; el personal, lo de cualquiera. Se cobra lo que se debe. Responde con `url` si hay que pagar en otra página, y con `instrucciones` si el método las tiene. Con `captura`, el personal anota a la vez que ya se recibió, en métodos a mano. Con `Idempotency-Key`, repetir lo mismo da el mismo cobro. Un proveedor que no responde es 503: lo pedido sigue en pie y se puede repetir.',
        },
      },
    )
    .get(
      '/cobros',
      async ({ query, identidad, request, call }) => {
        const { pedidoId, estado, cursor, limite = limitePorDefecto } = query
        if (pedidoId !== undefined) {
          const token = tokenDe(request)
          const suyo = veTodo(identidad) || (await deps.pedidos.pedido(pedidoId, token, call))
          if (!suyo) return sinPedido()
          const cobros = await deps.store.cobrosDe(pedidoId)
          const vistos = cobros.filter((cobro) => estado === undefined || cobro.estado === estado)
          return { datos: vistos.map(verDeLista), siguiente: null }
        }
        if (!veTodo(identidad)) throw fieldProblem('pedidoId', 'hace falta')
        const antesDe = cursor === undefined ? undefined : decodeCursor(Lugar, cursor)
        const cobros = await deps.store.cobros({ estado, antesDe, limite })
        return toPagina(cobros, limite, verDeLista, ({ n }) => n)
      },
      {
        acceso: 'leer-cobros',
        query: ConsultaCobros,
        response: lista,
        detail: {
          tags,
          summary: 'Los cobros de un pedido, o todos',
          description:
            'Con `pedidoId`, los de ese pedido en el orden en que se hicieron; sin él, solo el personal, del más nuevo al más antiguo.',
        },
      },
    )
    .get(
      '/cobros/:id',
      async ({ params, identidad, request, call, set }) => {
        const cobro = await deps.store.cobro(params.id)
        if (!cobro || !(await loVe(deps.pedidos, cobro, { identidad, request }, call))) {
          return sinCobro()
        }
        set.headers['cache-control'] = 'no-store'
        return verCobro(cobro, identidad)
      },
      {
        acceso: 'leer-cobros',
        params: ConCobro,
        response: uno,
        detail: {
          tags,
          summary: 'Un cobro',
          description: 'El personal ve también cada movimiento de su dinero y sus reembolsos.',
        },
      },
    )
    .post(
      '/cobros/:id/cerrar',
      async ({ params, identidad, request, call }) => {
        const cobro = await deps.store.cobro(params.id)
        if (!cobro) return sinCobro()
        const { estado } = cobro
        if (estado === 'cobrado' || estado === 'cerrado') return verCobro(cobro, identidad)
        const ahora = deps.clock.epochMs()
        const por = esPersonal(identidad) ? { ...autorDe(identidad, request), ahora } : undefined
        const quedo = await cerrarCobro(deps, cobro, call, por)
        // Who sells is told by this very answer.
        if (esPersonal(identidad)) await contarYa(cumplidor, quedo, call)
        return verCobro(quedo, identidad)
      },
      {
        acceso: 'cerrar-cobros',
        params: ConCobro,
        body: SinCuerpo,
        response: uno,
        detail: {
          tags,
          summary: 'Cerrar un cobro, para que no llegue más dinero',
          description:
            'Pregunta al proveedor y responde lo que el cobro ha llegado a ser: cerrado, cobrado si llegó antes, o todavía abierto si el proveedor no lo puede cerrar. 503 si el proveedor no responde.',
        },
      },
    )
