import { type Obligation, noData } from '@encargo/service-kit/obligations/obligation'
import type { Deps } from '../deps.ts'

/** Each order costs a third of a millisecond, and nobody is to wait for long. */
const pedidosPorLote = 25

/**
 * Goes through the orders of an erased customer, of whom no more come, and erases what is personal in
 * them. Its place is on disk.
 */
export const olvidarCliente = ({ store, logger }: Deps) =>
  ({
    tipo: 'olvidar-cliente',
    datos: noData,
    async attempt(deuda, { stopping }) {
      while (await store.borrarPersonales(deuda.clave, pedidosPorLote)) {
        if (stopping()) return 'put-off'
      }
      const cerrado = await store.cerrarBorrado(deuda)
      if (!cerrado) return 'put-off'
      logger.info('personal data of an erased account is gone', { cuenta: deuda.clave })
      return 'done'
    },
  }) satisfies Obligation<typeof noData>
