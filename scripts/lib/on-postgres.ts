/**
 * The test files, and folders of them, that the test command runs once more with `TEST_ENGINE=postgres`:
 * those whose services then keep their data in PostgreSQL. What is only of PostgreSQL needs no entry.
 */
export const onPostgres: readonly string[] = ['apps/pedidos/test/store.test.ts']
