import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag } from '@encargo/service-kit/http/versions'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { rechazos, retryAfter } from '@encargo/service-kit/http/problems'
import { Elysia, status } from 'elysia'
import { comoSeCreo, type Pedido } from '../domain/pedido.ts'
import type { CasosDeUso } from '../app/index.ts'
import { aSolicitud } from './cuerpo-compra.ts'
import { esInvitado } from './quien.ts'
import { claveDistinta, claveEnCurso, excedida, negar, soloPersonal } from './refusals.ts'
import { ConClave, NuevoPedido, PedidoVisto } from './schemas.ts'
import { verPedido } from './views.ts'

const respuestas = {
  201: PedidoVisto,
  ...rechazos(
    'prohibido',
    'cliente-inactivo',
    'cliente-inexistente',
    'producto-inexistente',
    'precio-cambiado',
    'stock-insuficiente',
    'total-cambiado',
    'cupon-agotado',
    'cupon-invalido',
    'envio-no-disponible',
    'metodo-pago-no-disponible',
    'identificacion-invalida',
    'demasiados-pedidos-abiertos',
    'demasiados-pedidos',
    'idempotencia-distinta',
    'idempotencia-en-curso',
  ),
}

type Cabeceras = Record<string, string | number | undefined>

function creado(set: { headers: Cabeceras }, pedido: Pedido, seguimiento: string | undefined) {
  set.headers['location'] = `/pedidos/${pedido.id}`
  set.headers['etag'] = etag(pedido.version)
  return status(201, { ...verPedido(pedido), ...(seguimiento ? { seguimiento } : {}) })
}

/** Buying. */
export const compraRoutes = (
  base: ReturnType<typeof service>,
  { comprador, deps, seguimiento }: CasosDeUso,
) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/pedidos',
    async ({ body, headers, identidad, call, set }) => {
      const solicitud = aSolicitud(body, identidad)
      if (!solicitud.delPersonal) {
        if (body.canal === 'mostrador') return soloPersonal('Vender en el mostrador')
        if (solicitud.completar) return soloPersonal('Completar una venta en el acto')
        if (solicitud.clienteId !== identidad.id) return soloPersonal('Comprar para otra persona')
      }
      const texto = headers['idempotency-key']
      const clave =
        texto === undefined
          ? undefined
          : { usuarioId: identidad.id, clave: texto, huella: huellaDe('POST /pedidos', body) }
      const compra = await comprador.comprar(solicitud, clave, call)
      /** A guest has no other way back to it. */
      const camino = (pedido: Pedido) =>
        esInvitado(identidad) ? seguimiento.caminoDe(pedido, pedido.creadoEn) : undefined
      switch (compra.tipo) {
        case 'creado':
          return creado(set, compra.pedido, await camino(compra.pedido))
        case 'negada':
          return negar(compra.negativa, deps.moneda)
        case 'excedida': {
          const { exceso } = compra
          if (exceso.codigo === 'demasiados-pedidos') {
            Object.assign(set.headers, retryAfter(exceso.retryAfterMs))
          }
          return excedida(exceso)
        }
        case 'repetida': {
          set.headers['idempotency-replayed'] = 'true'
          const { respuesta } = compra
          if (respuesta.tipo === 'negativa') return negar(respuesta.negativa, deps.moneda)
          // A counter sale was answered as completed, or as one that would be.
          const { pedido } = respuesta
          const visto = solicitud.completar ? pedido : comoSeCreo(pedido)
          return creado(set, visto, await camino(pedido))
        }
        case 'clave-distinta':
          return claveDistinta()
        case 'en-curso':
          Object.assign(set.headers, retryAfter(1_000))
          return claveEnCurso()
      }
    },
    {
      acceso: 'usuario',
      headers: ConClave,
      body: NuevoPedido,
      response: respuestas,
      detail: {
        tags: ['pedidos'],
        summary: 'Comprar',
        description:
          'Reserva las existencias de todas las líneas o de ninguna y fija los precios. Las líneas de un mismo producto quedan como una. Con `precioEsperado`, un precio distinto responde `precio-cambiado`; con `totalEsperado`, otro total responde `total-cambiado` y la cotización de ahora. Con `metodoEnvio` de tipo `domicilio` hace falta `direccionEnvio`; con uno de `retiro` no se admite. Un cupón que no vale responde `cupon-invalido`, y uno sin usos, `cupon-agotado`; qué costaría lo dice antes `POST /cotizaciones`. `pago.metodo` es uno de los de `GET /metodos-pago` del servicio de pagos: uno que no se ofrece, o no para ese total, responde `metodo-pago-no-disponible`; uno que se paga antes de salir no se completa sin su pago. Sin `pago`, el pedido no espera ninguno. Con `Idempotency-Key`, repetir la petición da la primera respuesta y `Idempotency-Replayed: true`; repetida antes de que la primera termine, puede responder `idempotencia-en-curso`, o dar esa misma respuesta si la atiende otra réplica; la clave más rápida es un UUID versión 7, nuevo para cada compra. `completar` y el `clienteId` de otra persona son del personal; si inventario deja de responder a mitad de una venta en el mostrador, el pedido queda Pendiente y se completa solo. Un cliente puede tener un número de pedidos pendientes y de unidades apartadas, menor si no ha confirmado su correo (`demasiados-pedidos-abiertos`), y pedir un número de veces al día en cada réplica (`demasiados-pedidos`, con `Retry-After`); al personal no se le cuenta.',
      },
    },
  )
