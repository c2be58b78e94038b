import type { PedidosStorage } from '../src/store/sqlite/open.ts'

/** Every word of the index with the orders that it stands for, one for each time that it is there. */
export function palabras({ client }: PedidosStorage): Map<string, number[]> {
  client.run('CREATE VIRTUAL TABLE temp.palabras USING fts5vocab(main, pedidos_fts, instance)')
  const rows = client
    .query<{ term: string; doc: number }, []>('SELECT term, doc FROM temp.palabras ORDER BY doc')
    .all()
  client.run('DROP TABLE temp.palabras')
  const terms = [...Map.groupBy(rows, ({ term }) => term)]
  return new Map(terms.map(([term, found]) => [term, found.map(({ doc }) => doc)]))
}
