import type { Engine } from '@encargo/storage'
import { rows } from '@encargo/storage/testing'

/** Every word of the index with the orders that it stands for, one for each time that it is there. */
export async function palabras(engine: Engine): Promise<Map<string, number[]>> {
  if (engine.shared) return await enPostgres(engine)
  await rows(
    engine,
    'CREATE VIRTUAL TABLE temp.palabras USING fts5vocab(main, pedidos_fts, instance)',
  )
  const words = await rows<{ term: string; doc: number }>(
    engine,
    'SELECT term, doc FROM temp.palabras ORDER BY doc',
  )
  await rows(engine, 'DROP TABLE temp.palabras')
  return porPalabra(words)
}

function porPalabra(words: readonly { readonly term: string; readonly doc: number }[]) {
  const terms = [...Map.groupBy(words, ({ term }) => term)]
  return new Map(terms.map(([term, found]) => [term, found.map(({ doc }) => doc)]))
}

/** There a word is once for an order, however often that says it. */
const enPostgres = async (engine: Engine) =>
  porPalabra(
    await rows(
      engine,
      `SELECT ltrim(term, ':') AS term, numero AS doc
       FROM pedidos_palabras, unnest(tsvector_to_array(palabras)) AS term ORDER BY numero`,
    ),
  )
