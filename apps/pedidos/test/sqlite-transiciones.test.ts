import { statement, type Value } from '@encargo/storage'
import { expect, test } from 'bun:test'
import { estados, intenciones } from '../src/domain/pedido.ts'
import { caminos } from '../src/domain/transiciones.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'

const libre = null
const proposito = [libre, ...intenciones, 'devolver']
const estado = [...estados, 'Devuelto']
const lugares = estado.flatMap((e) => proposito.map((p) => `${e} ${p}`))
const finales = Object.values(caminos).flatMap(({ fines }) =>
  Object.values(fines).map((fin) => `${fin.estado} ${libre}`),
)
/** Where the table of transitions leads, each once. */
const validos = new Set([
  `Pendiente ${libre}`,
  ...intenciones.map((p) => `Pendiente ${p}`),
  ...finales,
])

const storage = openPedidosStorage(':memory:')

/** Whether the database lets an order be `lugar`, or go there from `desde`. */
async function admite(lugar: string, desde?: string): Promise<boolean> {
  const [e = '', p] = lugar.split(' ')
  const uno = p === 'null' ? null : (p ?? null)
  const id = Bun.randomUUIDv7()
  const de = uno && 'x'
  const cuando = uno && 1
  if (desde) {
    if (!(await admite(desde))) throw new Error(`there is no order that is ${desde}`)
    return await intentar(
      `UPDATE pedidos SET estado = ?, intencion = ?, intencion_actor = ?, intencion_desde = ?,
         proximo_intento_en = ? WHERE numero = (SELECT max(numero) FROM pedidos)`,
      [e, uno, de, cuando, cuando],
    )
  }
  return await intentar(
    `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intencion, intencion_actor,
       intencion_desde, proximo_intento_en, intentos, total, moneda, expira_en, creado_en, actualizado_en)
     VALUES (?, 'c', 'c', ?, 1, ?, ?, ?, ?, 0, 0, 'USD', 1, 1, 1)`,
    [id, e, uno, de, cuando, cuando],
  )
}

async function intentar(sql: string, valores: Value[]): Promise<boolean> {
  try {
    await storage.write(() => statement<never, Value[]>(sql).run(...valores))
    return true
  } catch (error) {
    if (/CHECK constraint|stays as it is/.test(String(error))) return false
    throw error
  }
}

/** The ones that the database lets an order be, or go to from `desde`. */
async function admitidos(entre: readonly string[], desde?: string) {
  const hallados: string[] = []
  for (const lugar of entre) if (await admite(lugar, desde)) hallados.push(lugar)
  return hallados
}

test('the database holds orders where the transitions lead, and nowhere else', async () => {
  expect(await admitidos(lugares)).toEqual(lugares.filter((l) => validos.has(l)))
})

test('the database lets no order leave its end', async () => {
  for (const fin of new Set(finales)) {
    const otros = lugares.filter((lugar) => lugar !== fin)
    expect(await admitidos(otros, fin)).toEqual([])
  }
})
