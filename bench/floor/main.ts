// One process of the floor: bun bench/floor/main.ts juntos FOLDER, or the name of one and its FILE [urls]
import { serveJuntos, servePedidos, servePrecios, serveReservas } from './serve.ts'

const [role, place = '', productos = '', inventario = ''] = process.argv.slice(2)

function serveRole() {
  if (role === 'juntos') return serveJuntos(place)
  if (role === 'productos') return servePrecios(place)
  if (role === 'inventario') return serveReservas(place)
  return servePedidos(place, { productos, inventario })
}

process.send?.(serveRole().url.origin)
process.on('disconnect', () => process.exit(0))
