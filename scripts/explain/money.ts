import type { Database } from 'bun:sqlite'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import type { Happening } from './story.ts'

// What pagos has on record of an order, and what is owed of its money. Moments are milliseconds since the
// epoch, amounts minor units.

interface Movement {
  readonly tipo: string
  readonly importe: number
  /** The provider's name for it. */
  readonly referencia: string
  readonly en: number
  /** The notice that it was heard of by; null where the provider was asked without one. */
  readonly aviso: string | null
}

interface Refund {
  readonly id: string
  readonly importe: number
  readonly motivo: string
  readonly estado: string
  readonly referencia: string | null
  readonly causa: string | null
  readonly desde: number
}

interface Notice {
  readonly id: string
  readonly estado: string
  readonly intentos: number
  readonly recibidoEn: number
}

interface Row {
  readonly n: number
  readonly id: string
  readonly metodo: string
  readonly proveedor: string
  readonly estado: string
  readonly causa: string | null
  readonly importe: number
  readonly moneda: string
  readonly referencia: string | null
  readonly expiraEn: number
  readonly creadoEn: number
  readonly actualizadoEn: number
  readonly version: number
  readonly contada: number
}

export interface Charge extends Omit<Row, 'n'> {
  readonly movimientos: readonly Movement[]
  readonly reembolsos: readonly Refund[]
  readonly avisos: readonly Notice[]
}

/** What somebody has to do yet, and who that is. */
export interface Owed {
  readonly quien: 'pedidos' | 'pagos'
  readonly tipo: string
  readonly clave: string
  readonly intentos: number
}

export interface Money {
  readonly cobros: readonly Charge[]
  readonly debe: readonly Owed[]
}

const ofCharge = 'FROM pagos.movimientos WHERE cobro_n = ?1'

function owedOf(client: Database, ids: readonly string[]): Owed[] {
  const from = (quien: Owed['quien'], schema: string) =>
    client
      .query<Omit<Owed, 'quien'>, [string]>(
        `SELECT tipo, clave, intentos FROM ${schema}.obligaciones
         WHERE clave IN (SELECT value FROM json_each(?1)) AND tipo NOT IN ('reponer', 'soltar-reserva')`,
      )
      .all(JSON.stringify(ids))
      .map((one) => ({ quien, ...one }))
  return [...from('pedidos', 'main'), ...from('pagos', 'pagos')]
}

/** Of the order of this id, or of none that pedidos knows. */
export function readMoney(client: Database, id: string): Money {
  const movements = client.query<Movement, [number]>(
    `SELECT tipo, importe, referencia, en, aviso ${ofCharge} ORDER BY secuencia`,
  )
  const refunds = client.query<Refund, [number]>(
    `SELECT id, importe, motivo, estado, referencia, causa, desde FROM pagos.reembolsos
     WHERE cobro_n = ?1 ORDER BY desde, id`,
  )
  const notices = client.query<Notice, [number]>(
    `SELECT a.evento_id AS id, a.estado, a.intentos, a.recibido_en AS recibidoEn
     FROM pagos.avisos a JOIN pagos.cobros c ON c.n = ?1 AND c.proveedor = a.proveedor
     WHERE a.referencia = c.referencia OR a.evento_id IN (SELECT aviso ${ofCharge})
     ORDER BY a.recibido_en, a.evento_id`,
  )
  const cobros = client
    .query<Row, [string]>(
      `SELECT n, id, metodo, proveedor, estado, causa, importe, moneda, referencia, expira_en AS expiraEn,
         creado_en AS creadoEn, actualizado_en AS actualizadoEn, version, contada
       FROM pagos.cobros WHERE pedido_id = ?1 ORDER BY n`,
    )
    .all(id)
    .map(({ n, ...one }) => ({
      ...one,
      movimientos: movements.all(n),
      reembolsos: refunds.all(n),
      avisos: notices.all(n),
    }))
  const ids = cobros.flatMap((one) => [one.id, ...one.reembolsos.map((suyo) => suyo.id)])
  return { cobros, debe: owedOf(client, ids) }
}

const quiet = { where: 'pagos', who: null, ms: null, times: 1, trace: null, details: [] } as const

function* ofOne(cobro: Charge): Generator<Happening> {
  const { id, metodo, proveedor, importe, moneda, referencia, expiraEn, creadoEn } = cobro
  const amount = (menor: number) => `${escribirImporte(menor, moneda)} ${moneda}`
  const until = new Date(expiraEn).toISOString()
  const name = referencia === null ? '' : `, there ${referencia}`
  yield {
    ...quiet,
    at: creadoEn,
    what: `charge ${id} by ${metodo}`,
    outcome: `${amount(importe)} asked for at ${proveedor}${name}, until ${until}`,
    rank: 1,
  }
  for (const { id: evento, estado, intentos, recibidoEn } of cobro.avisos) {
    const what = `notice ${evento}`
    yield { ...quiet, at: recibidoEn, what, outcome: estado, times: Math.max(1, intentos), rank: 2 }
  }
  for (const { tipo, importe: suyo, referencia: suya, en, aviso } of cobro.movimientos) {
    const how = aviso === null ? 'known by asking' : `known by ${aviso}`
    yield { ...quiet, at: en, what: tipo, outcome: `${amount(suyo)}, ${suya}, ${how}`, rank: 3 }
  }
  for (const { id: suyo, importe: cuanto, motivo, estado, causa, desde } of cobro.reembolsos) {
    const why = causa === null ? '' : ` (${causa})`
    const outcome = `${amount(cuanto)}, ${motivo}: ${estado}${why}`
    yield { ...quiet, at: desde, what: `give back ${suyo}`, outcome, rank: 4 }
  }
  if (cobro.causa !== null) {
    const what = `close ${id}`
    yield { ...quiet, at: cobro.actualizadoEn, what, outcome: cobro.causa, rank: 5 }
  }
}

/** What happened to it, as pagos has it. */
export const happeningsOf = ({ cobros }: Money): Happening[] =>
  cobros.flatMap((cobro) => [...ofOne(cobro)])

/** What is left to do, a line for each. */
export function leftToDo({ cobros, debe }: Money): string[] {
  return [
    ...debe.map(({ quien, tipo, clave, intentos }) => {
      const tried = intentos === 0 ? '' : `, tried ${intentos} times`
      return `  ${quien} owes: ${tipo} ${clave}${tried}`
    }),
    ...cobros
      .filter(({ contada, version }) => contada < version)
      .map(({ id }) => `  pedidos is to be told of the charge ${id}`),
  ]
}
