import { treaty } from '@elysiajs/eden'
import type { Problema } from '@encargo/service-kit/http/problems'
import type { ProductosApp } from '@encargo/productos'
import type { InventarioApp } from '../src/http/app.ts'

// Checked by `bun check`, never run: what callers of inventario may and may not write.

const inventario = treaty<InventarioApp>('http://localhost', { parseDate: false })
const lineas = [{ productoId: '', cantidad: 1 }]

export async function reservations(): Promise<string> {
  const answer = await inventario.reservas({ id: '' }).put({ lineas })
  if (answer.error) {
    if (answer.error.status === 409) {
      const problema: Problema<
        'stock-insuficiente' | 'reserva-distinta' | 'reserva-cerrada' | 'instalacion-distinta'
      > = answer.error.value
      if (problema.codigo === 'stock-insuficiente') {
        const { solicitado, disponible }: { solicitado: number; disponible: number } = problema
          .faltantes[0] ?? { solicitado: 0, disponible: 0 }
        return `${solicitado} ${disponible}`
      }
      // @ts-expect-error only a shortage has the products that are short
      return problema.faltantes.join()
    }
    // @ts-expect-error PUT never answers 404
    if (answer.error.status === 404) return ''
    return ''
  }
  // @ts-expect-error the moment it runs out is expiraEn
  const wrong: unknown = answer.data.venceEn
  const estado: 'activa' | 'confirmada' | 'liberada' | 'expirada' = answer.data.estado
  return `${answer.data.expiraEn} ${estado} ${String(wrong)}`
}

export async function requests(): Promise<void> {
  // @ts-expect-error a quantity is a number
  await inventario.reservas({ id: '' }).put({ lineas: [{ productoId: '', cantidad: '1' }] })
  // @ts-expect-error the product is productoId
  await inventario.reservas({ id: '' }).put({ lineas: [{ producto: '', cantidad: 1 }] })
  // @ts-expect-error a count and a threshold are two changes
  await inventario.inventario({ productoId: '' }).patch({ tipo: 'VENTA', cantidad: 1 })
  await inventario.inventario({ productoId: '' }).patch({ umbralMinimo: 1 })
  await inventario.inventario({ productoId: '' }).patch({ tipo: 'AJUSTE', cantidad: 0 })
  await inventario.reservas({ id: '' }).confirmar.post()
  await inventario.reservas({ id: '' }).put({ lineas, pedidoId: '', firme: true })
  await inventario.reservas({ id: '' }).prorrogar.post({ firme: true })
  // @ts-expect-error what is firm stays so
  await inventario.reservas({ id: '' }).prorrogar.post({ firme: false })
  await inventario.reservas.get({ query: { estado: 'activa' } })
  // @ts-expect-error only the active ones can be listed
  await inventario.reservas.get({ query: { estado: 'confirmada' } })
}

export async function stock(): Promise<number> {
  const { data } = await inventario.disponibilidad.get({ query: { ids: '' } })
  // @ts-expect-error availability does not tell what is in the warehouse
  const fisico: unknown = data?.datos[0]?.fisico
  return fisico === undefined ? (data?.datos[0]?.disponible ?? 0) : 0
}

const productos = treaty<ProductosApp>('http://localhost', { parseDate: false })

export async function catalogue(): Promise<boolean> {
  const { data } = await productos.productos({ id: '' }).get()
  // @ts-expect-error a product that can be bought is activo
  const wrong: unknown = data?.vigente
  return wrong === undefined && data?.activo === true
}
