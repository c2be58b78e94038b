import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { cliente, con, pedir, problemaDe } from '../../api.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'

const cobros = () => cliente().pagos.cobros

const pedirCobro = (id: string, signal: AbortSignal) => pedir(cobros()({ id }).get(con(signal)))
/** A charge as staff see it, with what happened to its money. */
export type Cobro = Awaited<ReturnType<typeof pedirCobro>>
export type Reembolso = NonNullable<Cobro['reembolsos']>[number]

/** The charges of an order with their movements; under `pedidos`, as what happens to them changes it. */
export const opcionesCobros = (pedidoId: string) =>
  queryOptions({
    queryKey: ['pedidos', 'cobros', pedidoId],
    queryFn: async ({ signal }) => {
      const { datos } = await pedir(cobros().get({ query: { pedidoId }, ...con(signal) }))
      return await Promise.all(datos.map(({ id }) => pedirCobro(id, signal)))
    },
  })

const pedirMetodos = (signal?: AbortSignal) =>
  pedir(cliente().pagos['metodos-pago'].todos.get(signal && con(signal)))
export type MetodosPago = Awaited<ReturnType<typeof pedirMetodos>>
export type MetodoPago = MetodosPago['datos'][number]

const ningunos: MetodosPago = { datos: [], proveedores: [] }

const claveMetodosPago = ['metodos-pago', 'todos'] as const

/** Every way to pay; none in a shop that runs no payment service. */
export const opcionesMetodosPago = () =>
  queryOptions({
    queryKey: claveMetodosPago,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await pedirMetodos(signal)
      } catch (error) {
        if (problemaDe(error)?.status === 404) return ningunos
        throw error
      }
    },
  })

/** Those whose money people write down themselves, as they are offered. */
export const aMano = ({ datos }: MetodosPago): readonly MetodoPago[] =>
  datos.filter(({ proveedor, activo }) => proveedor === 'manual' && activo)

/** Those that are paid on somebody else's page. */
export const aDistancia = ({ datos }: MetodosPago): readonly MetodoPago[] =>
  datos.filter(({ proveedor, activo, disponible }) => {
    return proveedor !== 'manual' && activo && disponible
  })

/** After anything that may have changed an order's money. */
export function refrescarPagos(consultas: QueryClient): void {
  for (const area of ['pedidos', 'pagos', 'resumen']) {
    void consultas.invalidateQueries({ queryKey: [area] })
  }
}

export interface Recibido {
  readonly importe: number
  readonly referencia: string
  /** Undefined: now. */
  readonly recibidoEn: string | undefined
}

const conClave = (clave: string) => ({ headers: { 'idempotency-key': clave } })

/** Writes down money that came by a method by hand, as a charge of its own: once for each key. */
export function cobrarAMano(
  pedidoId: string,
  metodo: string,
  { importe, referencia, recibidoEn }: Recibido,
  clave: string,
): Promise<Cobro> {
  const captura = {
    ...(referencia === '' ? {} : { referencia }),
    ...(recibidoEn === undefined ? {} : { recibidoEn }),
  }
  return pedir(cobros().post({ pedidoId, metodo, importe, captura }, conClave(clave)))
}

/** Writes down money that came for a charge that waits for it: once for each key. */
export function anotarRecibido(
  id: string,
  { importe, referencia, recibidoEn }: Recibido,
  aceptarExceso: boolean,
  clave: string,
): Promise<Cobro> {
  const cuerpo = {
    importe,
    referencia,
    ...(recibidoEn === undefined ? {} : { recibidoEn }),
    ...(aceptarExceso ? { aceptarExceso } : {}),
  }
  return pedir(cobros()({ id }).capturas.post(cuerpo, conClave(clave)))
}

/** A charge that whoever buys pays on its provider's page. */
export const pedirPago = (pedidoId: string, metodo: string, clave: string): Promise<Cobro> =>
  pedir(cobros().post({ pedidoId, metodo }, conClave(clave)))

export const cerrarCobro = (id: string): Promise<Cobro> => pedir(cobros()({ id }).cerrar.post())
export const consultarCobro = (id: string): Promise<Cobro> =>
  pedir(cobros()({ id }).consultar.post())

/** Says that a person gave it back, and how it can be found. */
export const cerrarReembolso = (id: string, referencia: string) =>
  pedir(cliente().pagos.reembolsos({ id }).patch({ estado: 'hecho', referencia }))

const deEse = (id: string) => cliente().pedidos.pedidos({ id })

export interface Abono {
  readonly importe: number
  readonly causa: 'cortesia' | 'contracargo'
  readonly motivo: string
}

export const abonarPedido = (id: string, abono: Abono, clave: string): Promise<Pedido> =>
  pedir(deEse(id).abonos.post(abono, conClave(clave)))
export const asegurarPedido = (id: string): Promise<Pedido> => pedir(deEse(id).asegurar.post())
export const forzarPedido = (id: string, motivo: string): Promise<Pedido> =>
  pedir(deEse(id).patch({ estado: 'Completado', motivo, forzar: true }))

/** Shows an order as it is now wherever it is shown. */
export function mostrarPedido(consultas: QueryClient, pedido: Pedido): void {
  consultas.setQueryData(opcionesPedido(pedido.id).queryKey, pedido)
  refrescarPagos(consultas)
}
