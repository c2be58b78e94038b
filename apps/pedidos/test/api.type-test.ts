import { treaty } from '@elysiajs/eden'
import type { AuthApp } from '@encargo/auth'
import type { InventarioApp } from '@encargo/inventario'
import type { ProductosApp } from '@encargo/productos'
import type { Problema } from '@encargo/service-kit/http/problems'
import type { PedidosApp } from '../src/http/app.ts'

// Checked by `bun check`, never run. First what pedidos may not write of its peers: were one of
// these fields renamed over there, the line without an expected error would break here.

const inventario = treaty<InventarioApp>('http://localhost', { parseDate: false })
const productos = treaty<ProductosApp>('http://localhost', { parseDate: false })
const auth = treaty<AuthApp>('http://localhost', { parseDate: false })

export async function peers(): Promise<unknown[]> {
  const reserva = await inventario.reservas({ id: '' }).put({ lineas: [] })
  const articulos = await productos.productos.get({ query: { ids: '' } })
  const usuarios = await auth.usuarios.get({ query: { ids: '', limite: 1 } })
  const good: [string | null | undefined, number | undefined, boolean | undefined] = [
    reserva.data?.expiraEn,
    articulos.data?.datos[0]?.precio,
    usuarios.data?.datos[0]?.activo,
  ]
  return [
    ...good,
    // @ts-expect-error the moment it runs out is expiraEn
    reserva.data?.venceEn,
    // @ts-expect-error the price is precio
    articulos.data?.datos[0]?.importe,
    // @ts-expect-error who may buy is activo
    usuarios.data?.datos[0]?.habilitado,
  ]
}

// And what callers of pedidos may and may not write.

const pedidos = treaty<PedidosApp>('http://localhost', { parseDate: false })
const lineas = [{ productoId: '', cantidad: 1 }]

export async function purchase(): Promise<string> {
  const answer = await pedidos.pedidos.post({ lineas }, { headers: { authorization: '' } })
  if (answer.error) {
    if (answer.error.status === 409) {
      const problema: Problema<
        | 'precio-cambiado'
        | 'stock-insuficiente'
        | 'total-cambiado'
        | 'cupon-agotado'
        | 'idempotencia-en-curso'
        | 'demasiados-pedidos-abiertos'
      > = answer.error.value
      if (problema.codigo === 'stock-insuficiente') return problema.faltantes[0]?.productoId ?? ''
      // @ts-expect-error only a shortage has the products that are short
      return problema.faltantes.join()
    }
    // @ts-expect-error buying never answers 404
    if (answer.error.status === 404) return ''
    return ''
  }
  const estado: 'Pendiente' | 'Completado' | 'Cancelado' = answer.data.estado
  // @ts-expect-error a price in an order is precioUnitario
  const wrong: unknown = answer.data.lineas[0]?.precio
  return `${estado} ${String(wrong)}`
}

export async function requests(): Promise<void> {
  const order = pedidos.pedidos({ id: '' })
  await order.patch({ estado: 'Cancelado', motivo: 'x' })
  // @ts-expect-error nobody makes an order Pendiente again
  await order.patch({ estado: 'Pendiente' })
  // @ts-expect-error a quantity is a number
  await pedidos.pedidos.post({ lineas: [{ productoId: '', cantidad: '1' }] })
  // @ts-expect-error the caller does not set the price
  await pedidos.pedidos.post({ lineas: [{ productoId: '', cantidad: 1, precio: 1 }] })
  await pedidos.pedidos.get({ query: { estado: 'Cancelado', q: 'x' } })
  // @ts-expect-error there is no such filter
  await pedidos.pedidos.get({ query: { estatus: 'Cancelado' } })
}

export async function summary(): Promise<unknown[]> {
  const { data } = await pedidos.pedidos.resumen.get()
  await pedidos.pedidos.resumen.get({ query: { desde: '2026-01-01', zona: 'America/Guayaquil' } })
  // @ts-expect-error the time zone is zona
  await pedidos.pedidos.resumen.get({ query: { zonaHoraria: 'UTC' } })
  const good: [number | undefined, string | undefined] = [
    data?.porDia[0]?.ingresos,
    data?.masVendidos[0]?.sku,
  ]
  // @ts-expect-error what came in is ingresos
  return [...good, data?.porDia[0]?.total]
}
