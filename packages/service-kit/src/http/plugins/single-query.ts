import { Elysia } from 'elysia'
import { singleFields } from '../edge/single-fields.ts'
import { problemError } from '../problems.ts'

/**
 * Refuses a query that says one thing twice, of which a handler would see one without a word, and U+0000,
 * which no text of ours has and not every database can be asked for.
 */
export const singleQuery = new Elysia({ name: 'encargo/single-query' }).onTransform(
  { as: 'global' },
  ({ request: { url } }) => {
    const start = url.indexOf('?')
    if (start < 0) return
    if (url.includes('%00', start)) {
      throw problemError('peticion-invalida', { detail: 'La consulta lleva el carácter U+0000.' })
    }
    if (url.includes('&', start)) singleFields(url.slice(start))
  },
)
