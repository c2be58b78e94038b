// For tools that tell an order's story from the database file itself.
export { contarHistoria, type HistoriaPedido, type Suceso } from './domain/explicacion.ts'
export { leerHistoria } from './store/historia.ts'
