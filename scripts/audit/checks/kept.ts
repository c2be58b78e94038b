import { type Context, restoreFile } from '../context.ts'
import { schemaOf, type Service } from '../databases.ts'

interface Numbered {
  readonly service: Service
  readonly table: string
  readonly number: string
}

/**
 * Tables that only grow, each row with the next number: a number is given in the very write that adds
 * the row, so a write that is undone leaves no gap.
 */
const onlyGrow: readonly Numbered[] = [
  { service: 'auth', table: 'usuarios', number: 'numero' },
  { service: 'auth', table: 'auditoria', number: 'numero' },
  { service: 'productos', table: 'productos', number: 'n' },
  { service: 'productos', table: 'precios', number: 'n' },
  { service: 'productos', table: 'auditoria', number: 'numero' },
  { service: 'inventario', table: 'movimientos', number: 'secuencia' },
  { service: 'inventario', table: 'auditoria', number: 'numero' },
  { service: 'pedidos', table: 'pedidos', number: 'numero' },
  { service: 'pedidos', table: 'pedido_eventos', number: 'secuencia' },
  { service: 'pedidos', table: 'auditoria', number: 'numero' },
  { service: 'pagos', table: 'eventos', number: 'secuencia' },
  { service: 'pagos', table: 'auditoria', number: 'numero' },
]

/** Every number that was ever given is still there. */
export function checkKept({ client, tally, progress }: Context): void {
  for (const [index, { service, table, number }] of onlyGrow.entries()) {
    progress('counting what must never go', index / onlyGrow.length)
    const from = `${schemaOf[service]}.${table}`
    const row = client
      .query<{ n: number; given: number }, [string]>(
        `SELECT (SELECT count(*) FROM ${from}) AS n,
           coalesce((SELECT seq FROM ${schemaOf[service]}.sqlite_sequence WHERE name = ?), 0) AS given`,
      )
      .get(table)
    const { n = 0, given = 0 } = row ?? {}
    tally.checked('kept', n)
    if (n === given) continue
    const gap = client
      .query<{ first: number }, []>(
        `SELECT coalesce(min(${number}), 0) + 1 AS first FROM ${from} a
         WHERE NOT EXISTS (SELECT 1 FROM ${from} b WHERE b.${number} = a.${number} + 1)`,
      )
      .get()
    const lost = given - n
    const what =
      lost > 0
        ? `${lost} of ${given} rows of ${table} are gone, about number ${gap?.first ?? 1}`
        : `${table} has ${n} rows, but ${given} numbers were given`
    tally.wrong('kept', `${service}.db`, what, restoreFile)
  }
}
