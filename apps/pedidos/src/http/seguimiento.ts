import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConId, ConIfMatch, ConIfNoneMatch } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { notModified } from '@encargo/service-kit/http/not-modified'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import { cambiar } from '../app/cambiar.ts'
import { conservar } from '../app/conservar.ts'
import type { CasosDeUso } from '../app/index.ts'
import type { Pedido } from '../domain/pedido.ts'
import { contarCambio } from './cambio.ts'
import { sinConservar, sinPedido } from './refusals.ts'
import { PedidoVisto } from './schemas.ts'
import { Cancelacion, ConToken, PedidoSeguido } from './seguimiento-schemas.ts'
import { verPedido } from './views.ts'

const tags = ['seguimiento']

const sinEnlace = () =>
  rechazar('no-encontrado', {
    detail: 'Este enlace no abre ningún pedido: caducó, se cambió por otro o está incompleto.',
  })

function verSeguido(pedido: Pedido): Static<typeof PedidoSeguido> {
  const visto = verPedido(pedido)
  const { id, numero, estado, lineas, motivo, metodoEnvio, cupon } = visto
  const { condiciones, clienteId, creadoPor } = pedido
  const conservable = condiciones?.invitado === true && clienteId === creadoPor
  const { subtotal, descuento, envioImporte, impuesto, base, impuestos, total, moneda } = visto
  const { exigible, apartado, pago, expiraEn, creadoEn, actualizadoEn } = visto
  const dinero = { exigible, apartado, pago }
  const historial = visto.historial.map((suceso) => {
    const { actor: _, ...queda } = suceso
    return queda
  })
  const totales = { subtotal, descuento, envioImporte, impuesto, base, impuestos, total, moneda }
  const igual = { id, numero, estado, lineas, motivo, metodoEnvio, cupon }
  return {
    ...igual,
    ...totales,
    ...dinero,
    expiraEn,
    creadoEn,
    actualizadoEn,
    historial,
    conservable,
  }
}

const respuestas = { 200: PedidoSeguido, ...rechazos('no-encontrado') }

const respuestasCancelar = {
  200: PedidoSeguido,
  ...rechazos('no-encontrado', 'transicion-invalida', 'version-distinta', 'pago-pendiente'),
}

/** An order for whoever holds its link, and taking links back. */
export const seguimientoRoutes = (
  base: ReturnType<typeof service>,
  { seguimiento, deps, cumplidor }: CasosDeUso,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/seguimiento/:token',
      async ({ params, set }) => {
        const pedido = await seguimiento.abrir(params.token)
        if (!pedido) return sinEnlace()
        // Personal, though no token in a header says so.
        set.headers['cache-control'] = 'no-store'
        set.headers.etag = etag(pedido.version)
        return verSeguido(pedido)
      },
      {
        publico: true,
        params: ConToken,
        headers: ConIfNoneMatch,
        mapResponse: notModified,
        response: respuestas,
        detail: {
          tags,
          summary: 'Un pedido, para quien tiene su enlace',
          description:
            'Sin dirección, sin datos de nadie y sin notas. El enlace va en los correos del pedido y en la respuesta a quien compró sin cuenta; vale 180 días. Uno equivocado, caducado o retirado responde 404.',
        },
      },
    )
    .post(
      '/seguimiento/:token/cancelar',
      async ({ params, body, headers, call, set }) => {
        const pedido = await seguimiento.abrir(params.token)
        if (!pedido) return sinEnlace()
        const peticion = {
          id: pedido.id,
          actor: pedido.clienteId,
          estado: 'Cancelado',
          motivo: body.motivo ?? null,
          ve: () => true,
          admite: (version: number) => ifMatchAllows(headers['if-match'], version),
        } as const
        return contarCambio(await cambiar(deps, cumplidor, peticion, call), set.headers, verSeguido)
      },
      {
        publico: true,
        params: ConToken,
        headers: ConIfMatch,
        body: Cancelacion,
        response: respuestasCancelar,
        detail: {
          tags,
          summary: 'Cancelar el pedido de un enlace',
          description:
            'Como lo haría su dueño: mientras siga Pendiente. Repetirlo responde 200 y no cambia nada. Si inventario no responde, 503: queda anotado y se termina solo.',
        },
      },
    )
    .post(
      '/seguimiento/:token/conservar',
      async ({ params, identidad, set }) => {
        const pedido = await seguimiento.abrir(params.token)
        if (!pedido) return sinEnlace()
        const suyo = await conservar(deps, pedido, identidad.id)
        if (!suyo) return sinConservar()
        set.headers.etag = etag(suyo.version)
        return verPedido(suyo)
      },
      {
        acceso: 'cuenta',
        params: ConToken,
        response: { 200: PedidoVisto, ...rechazos('no-encontrado', 'transicion-invalida') },
        detail: {
          tags,
          summary: 'Guardar en la cuenta propia el pedido de un enlace',
          description:
            'Solo el de quien compró sin cuenta, y una vez: desde entonces es de la cuenta como los demás suyos. El enlace sigue abriéndolo. Repetirlo responde 200; el que ya es de una cuenta, 409 `transicion-invalida`.',
        },
      },
    )
    .post(
      '/pedidos/:id/enlace/revocar',
      async ({ params }) =>
        (await seguimiento.revocar(params.id)) ? status(204, undefined) : sinPedido(),
      {
        acceso: 'personal',
        params: ConId,
        response: { 204: Type.Void(), ...rechazos('no-encontrado') },
        detail: {
          tags,
          summary: 'Retirar los enlaces de un pedido',
          description:
            'Los que se dieron hasta ahora dejan de abrirlo; el del próximo correo es otro.',
        },
      },
    )
