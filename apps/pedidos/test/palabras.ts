import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'

/** Every word of the index with the orders that it stands for, one for each time that it is there. */
export async function palabras(engine: Engine): Promise<Map<string, number[]>> {
  await rows(
    engine,
    'CREATE VIRTUAL TABLE temp.palabras USING fts5vocab(main, pedidos_fts, instance)',
  )
  const words = await rows<{ term: string; doc: number }>(
    engine,
    'SELECT term, doc FROM temp.palabras ORDER BY doc',
  )
  await rows(engine, 'DROP TABLE temp.palabras')
  const terms = [...Map.groupBy(words, ({ term }) => term)]
  return new Map(terms.map(([term, found]) => [term, found.map(({ doc }) => doc)]))
}
