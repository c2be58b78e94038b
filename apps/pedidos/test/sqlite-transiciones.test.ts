import { expect, test } from 'bun:test'
import { estados, propositos } from '../src/domain/pedido.ts'
import { caminos } from '../src/domain/transiciones.ts'
import { openPedidosStorage } from '../src/store/sqlite/open.ts'

const libre = null
const proposito = [libre, ...propositos, 'devolver']
const estado = [...estados, 'Devuelto']
const lugares = estado.flatMap((e) => proposito.map((p) => `${e} ${p}`))
const finales = Object.values(caminos).flatMap(({ fines }) =>
  Object.values(fines).map((fin) => `${fin.estado} ${libre}`),
)
/** Where the table of transitions leads, each once. */
const validos = new Set([
  `Pendiente ${libre}`,
  ...Object.keys(caminos).map((p) => `Pendiente ${p}`),
  ...finales,
])

const { client } = openPedidosStorage(':memory:')

/** Whether the database lets an order be `lugar`, or go there from `desde`. */
function admite(lugar: string, desde?: string): boolean {
  const [e = '', p] = lugar.split(' ')
  const uno = p === 'null' ? null : (p ?? null)
  const id = Bun.randomUUIDv7()
  const de = uno && 'x'
  const cuando = uno && 1
  if (desde) {
    if (!admite(desde)) throw new Error(`there is no order that is ${desde}`)
    return intentar(
      `UPDATE pedidos SET estado = ?, intencion = ?, intencion_actor = ?, intencion_desde = ?,
         proximo_intento_en = ? WHERE numero = (SELECT max(numero) FROM pedidos)`,
      [e, uno, de, cuando, cuando],
    )
  }
  return intentar(
    `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intencion, intencion_actor,
       intencion_desde, proximo_intento_en, intentos, total, moneda, expira_en, creado_en, actualizado_en)
     VALUES (?, 'c', 'c', ?, 1, ?, ?, ?, ?, 0, 0, 'USD', 1, 1, 1)`,
    [id, e, uno, de, cuando, cuando],
  )
}

function intentar(sql: string, valores: (string | number | null)[]): boolean {
  try {
    client.run(sql, valores)
    return true
  } catch (error) {
    if (/CHECK constraint|stays as it is/.test(String(error))) return false
    throw error
  }
}

test('the database holds orders where the transitions lead, and nowhere else', () => {
  expect(lugares.filter((lugar) => admite(lugar))).toEqual(lugares.filter((l) => validos.has(l)))
})

test('the database lets no order leave its end', () => {
  for (const fin of new Set(finales)) {
    expect(lugares.filter((lugar) => lugar !== fin && admite(lugar, fin))).toEqual([])
  }
})
