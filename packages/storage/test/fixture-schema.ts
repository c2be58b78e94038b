import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const existencias = sqliteTable('existencias', {
  id: text('id').primaryKey(),
  cantidad: integer('cantidad').notNull(),
})
export const schema = { existencias }
