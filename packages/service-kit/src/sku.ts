/**
 * What tells SKUs apart: capitals of the Latin alphabet do not count, which is all that the
 * catalogue's own index folds (SQLite, `COLLATE NOCASE`).
 */
export function claveSku(sku: string): string {
  return sku.trim().replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
}
