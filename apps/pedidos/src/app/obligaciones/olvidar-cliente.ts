import type { Deps } from '../deps.ts'
import { type Obligacion, sinDatos } from './obligacion.ts'

/** Each order costs a third of a millisecond, and nobody is to wait for long. */
const pedidosPorLote = 25

/**
 * Goes through the orders of an erased customer, of whom no more come, and erases what is personal in
 * them. Its place is on disk.
 */
export const olvidarCliente = ({ store, logger }: Deps) =>
  ({
    tipo: 'olvidar-cliente',
    datos: sinDatos,
    async hacer(deuda, { parar }) {
      while (await store.borrarPersonales(deuda.clave, pedidosPorLote)) {
        if (parar()) return 'aplazada'
      }
      const cerrado = await store.cerrarBorrado(deuda)
      if (!cerrado) return 'aplazada'
      logger.info('personal data of an erased account is gone', { cuenta: deuda.clave })
      return 'hecha'
    },
  }) satisfies Obligacion<typeof sinDatos>
