import { type Obligation, noData } from '@encargo/service-kit/obligations/obligation'
import { idDeAnulacion } from '../../domain/identidad-pedido.ts'
import type { Deps } from '../deps.ts'

/** Puts the units of an order that was voided back into the stock. */
export const reponer = ({ store, reservas }: Pick<Deps, 'store' | 'reservas'>) =>
  ({
    tipo: 'reponer',
    datos: noData,
    peer: 'inventario',
    async attempt(deuda, { call }) {
      const { clave: id } = deuda
      const pedido = await store.porId(id)
      if (!pedido) throw new Error('an order whose units are to be put back is not there')
      const lineas = pedido.lineas.map(({ productoId, cantidad }) => ({ productoId, cantidad }))
      await reservas.reponer(idDeAnulacion(id), id, lineas, call)
      await store.cerrar(deuda)
      return 'done'
    },
  }) satisfies Obligation<typeof noData>
