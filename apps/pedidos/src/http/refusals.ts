import { rechazar } from '@encargo/service-kit/http/problems'
import type { Negativa } from '../domain/negativa.ts'
import type { ReglaDeCampo } from '@encargo/service-kit/values/field-rules'
import type { SinCotizacion } from '../app/cotizar.ts'
import type { SinAnular } from '../domain/anulacion.ts'
import type { Exceso } from '../domain/cupo.ts'
import type { EstadoFinal } from '../domain/pedido.ts'
import { sinMetodoPago } from './refusals-dinero.ts'
import { detalleDe, negarCupon } from './refusals-venta.ts'
import { verCotizacion } from './venta-views.ts'

// The domain's refusals as problems.

function campoMal(campo: string, mensaje: string, regla?: ReglaDeCampo) {
  const errores = [{ campo, mensaje, ...(regla === undefined ? {} : { regla }) }]
  return rechazar('datos-invalidos', { detail: `Revisa: ${campo} ${mensaje}.`, errores })
}

export function negar(negativa: Negativa, moneda: string) {
  switch (negativa.codigo) {
    case 'cliente-inexistente':
      return rechazar('cliente-inexistente', { detail: 'No hay ningún cliente con ese clienteId.' })
    case 'cliente-inactivo':
      return rechazar('cliente-inactivo', {
        detail: 'La cuenta está cerrada y no puede comprar. Habla con la tienda.',
      })
    case 'stock-insuficiente':
      return rechazar('stock-insuficiente', {
        detail: 'No alcanza para todo el pedido y no se reservó nada. Revisa `faltantes`.',
        faltantes: [...negativa.faltantes],
      })
    case 'sin-direccion':
      return campoMal('direccionEnvio', 'hace falta para ese método de envío', 'obligatorio')
    case 'direccion-de-mas':
      return campoMal('direccionEnvio', 'no se admite si el pedido se retira en la tienda')
    case 'total-cambiado':
      return rechazar('total-cambiado', {
        detail: 'El total ya no es el esperado. Revisa `cotizacion` y confirma de nuevo.',
        cotizacion: verCotizacion(negativa.cotizacion, { faltantes: [], moneda }),
      })
    case 'metodo-pago-no-disponible':
      return sinMetodoPago()
    case 'cupon-invalido':
    case 'cupon-agotado':
      return negarCupon(negativa)
    default:
      return negarCotizacion(negativa)
  }
}

/** Why there is no quote as a problem. */
export function negarCotizacion(negativa: SinCotizacion) {
  switch (negativa.codigo) {
    case 'producto-inexistente':
      return rechazar('producto-inexistente', {
        detail: `No están a la venta: ${negativa.productoIds.join(', ')}. Quítalos del pedido.`,
      })
    case 'precio-cambiado':
      return rechazar('precio-cambiado', {
        detail: 'Algún precio ya no es el esperado. Revisa `cambios` y confirma de nuevo.',
        cambios: [...negativa.cambios],
      })
    case 'envio-no-disponible':
      return rechazar('envio-no-disponible', { detail: detalleDe(negativa) })
    case 'total-excesivo':
      return campoMal('lineas', 'suman más de lo que un pedido puede costar')
  }
}

/** How many seconds a wait is, as a person says it. */
function comoDuracion(segundos: number): string {
  const minutos = Math.ceil(segundos / 60)
  return minutos < 120 ? `${minutos} min` : `${Math.ceil(minutos / 60)} h`
}

/** What a customer has to wait for; `Retry-After` is the caller's to set. */
export function excedida(exceso: Exceso) {
  if (exceso.codigo === 'demasiados-pedidos') {
    const espera = comoDuracion(exceso.retryAfterMs / 1000)
    return rechazar('demasiados-pedidos', {
      detail: `Has pedido demasiadas veces en un día. Podrás pedir otra vez en ${espera}.`,
    })
  }
  const { cupo, uso } = exceso
  return rechazar('demasiados-pedidos-abiertos', {
    detail:
      `Una cuenta como la tuya puede tener ${cupo.pedidos} pedidos pendientes y ${cupo.unidades} ` +
      `unidades apartadas; ya tienes ${uso.pedidos} pedidos con ${uso.unidades} unidades. Espera a ` +
      'que se completen, cancela alguno, pide menos, confirma tu correo si no lo has hecho, o ' +
      'habla con la tienda.',
    maximos: { pedidos: cupo.pedidos, unidades: cupo.unidades },
    abiertos: { pedidos: uso.pedidos, unidades: uso.unidades },
  })
}

export const sinPedido = () =>
  rechazar('no-encontrado', { detail: 'No hay ningún pedido con ese id.' })

const yaTermino: Record<EstadoFinal, string> = {
  Completado: 'El pedido ya está Completado: sus existencias salieron y no puede cancelarse.',
  Cancelado: 'El pedido ya está Cancelado: sus existencias quedaron libres. Haz otro pedido.',
}

export const transicionInvalida = (estado: EstadoFinal) =>
  rechazar('transicion-invalida', { detail: yaTermino[estado] })

export const sinProrroga = () =>
  rechazar('transicion-invalida', {
    detail: 'El pedido ya terminó o está terminando: sus existencias no se pueden guardar más.',
  })

export const sinPreparar = () =>
  rechazar('transicion-invalida', {
    detail: 'El pedido ya terminó o está terminando: no queda nada que preparar. Míralo otra vez.',
  })

export const versionDistinta = (que = 'El pedido') =>
  rechazar('version-distinta', {
    detail: `${que} cambió desde que lo leíste. Léelo otra vez y repite tu cambio.`,
  })

export const claveDistinta = () =>
  rechazar('idempotencia-distinta', {
    detail: 'Esa Idempotency-Key ya se usó con otros datos. Usa una nueva para otro pedido.',
  })

export const claveEnCurso = () =>
  rechazar('idempotencia-en-curso', {
    detail: 'La primera petición con esa Idempotency-Key no ha terminado. Repítela en un segundo.',
  })

export const porTerminar = () =>
  rechazar('servicio-no-disponible', {
    detail:
      'El cambio quedó anotado y se terminará solo en cuanto inventario responda. Repetir la petición no hace daño.',
  })

export const busquedaAtrasada = () =>
  rechazar('servicio-no-disponible', {
    detail: 'Aún no se puede buscar en todos los pedidos. Inténtalo de nuevo en unos segundos.',
  })

export const soloPersonal = (que: string) =>
  rechazar('prohibido', { detail: `${que}: solo puede el personal de la tienda.` })

export const soloAdmin = (que: string) =>
  rechazar('prohibido', { detail: `${que}: solo puede un administrador.` })

export const sinConservar = () =>
  rechazar('transicion-invalida', {
    detail:
      'Este pedido ya está en una cuenta: solo se guarda el de quien compró sin ella, y una vez. Míralo con su enlace.',
  })

const porqueNoSeAnula: Record<SinAnular, string> = {
  pendiente: 'El pedido todavía no se completó: no hay venta que anular. Cancélalo.',
  cancelado: 'El pedido está Cancelado: no se vendió nada y no hay nada que anular.',
  'otro-dia':
    'Una venta se anula el mismo día en que se completó. Para una anterior, haz una devolución.',
}

export const sinAnular = (porque: SinAnular) =>
  rechazar('transicion-invalida', { detail: porqueNoSeAnula[porque] })
