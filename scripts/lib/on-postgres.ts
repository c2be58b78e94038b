/**
 * The test files, and folders of them, that the test command runs once more with `TEST_ENGINE=postgres`:
 * those whose services then keep their data in PostgreSQL. What is only of PostgreSQL needs no entry, nor
 * what a store's contract shows already: a file of requests takes several times as long there.
 */
export const onPostgres: readonly string[] = [
  'apps/auth/test/acceso.test.ts',
  'apps/inventario/test/concurrencia.test.ts',
  'apps/inventario/test/importacion.test.ts',
  'apps/inventario/test/modelo.test.ts',
  'apps/inventario/test/reglas.test.ts',
  'apps/inventario/test/reservas.test.ts',
  'apps/pedidos/test/eventos-replicas.test.ts',
  'apps/pedidos/test/obligaciones.test.ts',
  'apps/pedidos/test/replicas.test.ts',
  'apps/pedidos/test/modelo.test.ts',
  'apps/pedidos/test/reglas.test.ts',
  'apps/pedidos/test/relojes.test.ts',
  'apps/pedidos/test/resumen-modelo.test.ts',
  'apps/pedidos/test/store.test.ts',
  'apps/productos/test/importacion.test.ts',
  'apps/productos/test/store.test.ts',
  'apps/tienda/test/replicas.test.ts',
  'scripts/backup/live.test.ts',
]
