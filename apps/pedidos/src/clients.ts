// Typed clients of the services that pedidos calls, in its own domain's terms.
export { createClientes, createServiceToken } from './clients/auth.ts'
export { createReservas } from './clients/inventario.ts'
export { createCatalogo } from './clients/productos.ts'
