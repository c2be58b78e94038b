import { getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { sinVencimiento } from '../../../apps/pedidos/src/domain/pedido.ts'
import type { Context } from '../context.ts'
import { schemaOf } from '../databases.ts'
import { allTables } from './rules.ts'

/** By how much the clocks of two machines may differ, in milliseconds. */
const skewMs = 10 * 60_000
/** How far ahead anything is ever planned: sessions, reservations, keys. */
const planMs = 400 * 24 * 60 * 60_000

const moment = /(?:^|_)(?:en|desde|hasta)$/
const planned =
  /^(?:expira|caduca|hasta|proximo_intento|proxima|consultar)_en$|^(?:apartar|insistir)_hasta$/

/** What may count from any day to come on. */
const anyDay: readonly string[] = ['impuestos.desde', 'cupones.desde', 'cupones.hasta']

const all = allTables.flatMap(({ service, table }) => {
  const columns = getTableConfig(table)
    .columns.filter((one) => one.getSQLType() === 'integer' && moment.test(one.name))
    .map((one) => one.name)
    .filter((name) => !anyDay.includes(`${getTableName(table)}.${name}`))
  return columns.length === 0 ? [] : [{ service, table: getTableName(table), columns }]
})

const remedy = 'see "Clocks" in docs/operations.md'

/** What is dated in the future was dated by a clock that was ahead, or is looked at by one that is behind. */
export function checkMoments({ client, tally, clock, progress }: Context): void {
  for (const [index, { service, table, columns }] of all.entries()) {
    progress('looking for moments in the future', index / all.length)
    const from = `${schemaOf[service]}."${table}"`
    const counts = columns.map((name) => {
      const latest = clock.now + (planned.test(name) ? planMs : skewMs)
      return `count(CASE WHEN "${name}" > ${latest} AND "${name}" <> ${sinVencimiento} THEN 1 END), max("${name}")`
    })
    const [row = []] = client.query(`SELECT count(*), ${counts.join(', ')} FROM ${from}`).values()
    tally.checked('moments', Number(row[0]))
    for (const [at, name] of columns.entries()) {
      const [count, latest] = [Number(row[1 + 2 * at]), Number(row[2 + 2 * at])]
      if (count === 0) continue
      const until = new Date(latest).toISOString()
      const what = `${count} rows of ${table} have ${name} in the future, up to ${until}`
      tally.wrong('moments', `${service}.db`, what, remedy)
    }
  }
}
