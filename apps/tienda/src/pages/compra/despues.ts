import type { Pedido } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { cliente, pedir } from '../../api.ts'
import { vaciarCesta } from '../../cesta/cesta.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { lenguaActual } from '../../textos/idioma.ts'
import { toast } from '../../ui/toast.tsx'
import { guardarEnlace } from '../pago/acceso.ts'
import { encargarCobro } from '../pago/encargado.ts'
import { olvidarBorrador } from './borrador.ts'

/** What somebody wants to find again next time; the order does not wait for it. */
async function guardarDireccion(direccion: NonNullable<Pedido['direccionEnvio']>): Promise<void> {
  try {
    await pedir(cliente().auth.me.direcciones.post(direccion))
  } catch {
    toast(lenguaActual().textos.compra.noGuardada, { tone: 'bad', forNextPage: true })
  }
}

interface Despues {
  /** Whether the address is to be found again next time. */
  readonly guardar: boolean
  /** Whether it is paid on another page: then there is nothing else to look at yet. */
  readonly seVaAPagar: boolean
}

/** What follows an order: an empty basket, and the page where it is followed. */
export function useDespues(alComprar: () => void) {
  const consultas = useQueryClient()
  const navegar = useNavigate()
  return async (pedido: Pedido, { guardar, seVaAPagar }: Despues): Promise<void> => {
    alComprar()
    vaciarCesta()
    olvidarBorrador()
    for (const area of ['pedidos', 'disponibles', 'cotizacion']) {
      void consultas.invalidateQueries({ queryKey: [area] })
    }
    const { id, direccionEnvio, seguimiento, pago } = pedido
    if (guardar && direccionEnvio) void guardarDireccion(direccionEnvio)
    if (pago.metodo !== null) encargarCobro(id, pago.metodo)
    const token = seguimiento?.split('/').at(-1)
    if (token === undefined) consultas.setQueryData(opcionesPedido(id).queryKey, pedido)
    else guardarEnlace(id, token)
    if (seVaAPagar) return await navegar({ to: '/pago/$id', params: { id }, replace: true })
    if (token !== undefined) {
      const to = { to: '/seguimiento/$token', params: { token } } as const
      return await navegar({ ...to, search: { nuevo: true }, replace: true })
    }
    const to = { to: '/pedidos/$id', params: { id } } as const
    await navegar({ ...to, search: { nuevo: true }, replace: true })
  }
}
