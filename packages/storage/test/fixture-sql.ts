import { statement } from '../src/index.ts'

export interface Existencia {
  id: string
  cantidad: number
}

export const put = statement<never, [id: string, cantidad: number]>(
  'INSERT INTO existencias VALUES (?1, ?2)',
)
export const add = statement<never, [cantidad: number, id: string]>(
  'UPDATE existencias SET cantidad = cantidad + ?1 WHERE id = ?2',
)
export const find = statement<Existencia, [id: string]>(
  'SELECT id, cantidad FROM existencias WHERE id = ?1',
)
export const everything = statement<Existencia, []>(
  'SELECT id, cantidad FROM existencias ORDER BY id',
)
export const count = statement<{ n: number }, []>('SELECT count(*) AS n FROM existencias')
export const sum = statement<{ total: number }, []>(
  'SELECT CAST(coalesce(sum(cantidad), 0) AS bigint) AS total FROM existencias',
)
