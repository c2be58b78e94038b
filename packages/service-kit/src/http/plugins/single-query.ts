import { Elysia } from 'elysia'
import { singleFields } from '../edge/single-fields.ts'

/** Refuses a query that says one thing twice, of which a handler would see one without a word. */
export const singleQuery = new Elysia({ name: 'encargo/single-query' }).onTransform(
  { as: 'global' },
  ({ request: { url } }) => {
    const start = url.indexOf('?')
    if (start >= 0 && url.includes('&', start)) singleFields(url.slice(start))
  },
)
