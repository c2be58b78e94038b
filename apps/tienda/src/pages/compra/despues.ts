import type { Pedido } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { cliente, pedir } from '../../api.ts'
import { vaciarCesta } from '../../cesta/cesta.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { lenguaActual } from '../../textos/idioma.ts'
import { toast } from '../../ui/toast.tsx'
import { olvidarBorrador } from './borrador.ts'

/** What somebody wants to find again next time; the order does not wait for it. */
async function guardarDireccion(direccion: NonNullable<Pedido['direccionEnvio']>): Promise<void> {
  try {
    await pedir(cliente().auth.me.direcciones.post(direccion))
  } catch {
    toast(lenguaActual().textos.compra.noGuardada, { tone: 'bad', forNextPage: true })
  }
}

/** What follows an order: an empty basket, and the page where it is followed. */
export function useDespues(alComprar: () => void) {
  const consultas = useQueryClient()
  const navegar = useNavigate()
  return async (pedido: Pedido, guardar: boolean): Promise<void> => {
    alComprar()
    vaciarCesta()
    olvidarBorrador()
    for (const area of ['pedidos', 'disponibles', 'cotizacion']) {
      void consultas.invalidateQueries({ queryKey: [area] })
    }
    const { id, direccionEnvio, seguimiento } = pedido
    if (guardar && direccionEnvio) void guardarDireccion(direccionEnvio)
    if (seguimiento !== undefined) {
      const token = seguimiento.split('/').at(-1) ?? ''
      const to = { to: '/seguimiento/$token', params: { token } } as const
      return await navegar({ ...to, search: { nuevo: true }, replace: true })
    }
    consultas.setQueryData(opcionesPedido(id).queryKey, pedido)
    const to = { to: '/pedidos/$id', params: { id } } as const
    await navegar({ ...to, search: { nuevo: true }, replace: true })
  }
}
