// One process of the floor: bun bench/floor/main.ts <productos|inventario|pedidos> FILE [urls]
import { servePedidos, servePrecios, serveReservas } from './pipeline.ts'

const [role, file = '', productos = '', inventario = ''] = process.argv.slice(2)

function serveRole() {
  if (role === 'productos') return servePrecios(file)
  if (role === 'inventario') return serveReservas(file)
  return servePedidos(file, { productos, inventario })
}

process.send?.(serveRole().url.origin)
process.on('disconnect', () => process.exit(0))
