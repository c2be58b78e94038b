import { type Script, statement, together } from '@encargo/storage'
import type {
  CobroConocido,
  Cobranza,
  Cuenta,
  ReembolsoConocido,
} from '../../domain/cobranza/cuenta.ts'
import type { Estado, Proposito } from '../../domain/pedido.ts'

// The money of orders, as it is read.

interface DeUno {
  readonly numero: number
}
type FilaCobranza = Omit<Cobranza, 'cobros' | 'reembolsos'> & DeUno
type FilaCobro = CobroConocido & DeUno
type FilaReembolso = ReembolsoConocido & DeUno

const suma = (de: string, causas: string) => `(SELECT CAST(coalesce(sum(a.importe), 0) AS BIGINT)
    FROM abonos a WHERE a.numero = ${de}.numero AND a.causa ${causas} 'contracargo')`
const abonado = (de: string) => `${suma(de, '<>')} AS abonado, ${suma(de, '=')} AS perdido`

const cobranza = `SELECT c.numero, c.metodo, c.momento, c.apartado, c.reserva_id AS "reservaId",
    c.insistir_hasta AS "insistirHasta", c.pagado_en AS "pagadoEn", c.asunto, ${abonado('c')}
  FROM pedido_cobranza c`
const cobros = `SELECT id, numero, orden, metodo, proveedor, momento, estado, causa, importe, autorizado,
    cobrado, reembolsado, disputado, disputa, expira_en AS "expiraEn", version
  FROM pedido_cobros`
const reembolsos = `SELECT id, numero, cobro_id AS "cobroId", importe, motivo, estado FROM reembolsos_pedidos`
const deVarios = 'numero IN (SELECT CAST(value AS bigint) FROM json_each(?1))'

/** What is decided by of an order, without its charges. */
interface FilaCuenta extends Omit<FilaCobranza, 'apartado' | 'asunto'> {
  readonly id: string
  readonly estado: Estado
  readonly intencion: Proposito | null
  readonly total: number
  readonly moneda: string
  readonly expiraEn: number
  /** Null where nothing of its money is known. */
  readonly apartado: Cobranza['apartado'] | null
}

export const consultas = {
  una: statement<FilaCobranza, [numero: number]>(`${cobranza} WHERE c.numero = ?1`),
  varias: statement<FilaCobranza, [numeros: string]>(`${cobranza} WHERE c.${deVarios}`),
  cobros: statement<FilaCobro, [numero: number]>(`${cobros} WHERE numero = ?1 ORDER BY orden`),
  cobrosDeVarios: statement<FilaCobro, [numeros: string]>(
    `${cobros} WHERE ${deVarios} ORDER BY numero, orden`,
  ),
  reembolsos: statement<FilaReembolso, [numero: number]>(
    `${reembolsos} WHERE numero = ?1 ORDER BY en, id`,
  ),
  reembolsosDeVarios: statement<FilaReembolso, [numeros: string]>(
    `${reembolsos} WHERE ${deVarios} ORDER BY numero, en, id`,
  ),
  cuenta: statement<FilaCuenta, [numero: number]>(
    `SELECT p.numero, p.id, p.estado, p.intencion, p.total, p.moneda, p.expira_en AS "expiraEn",
       c.metodo, c.momento, c.apartado, c.reserva_id AS "reservaId", c.insistir_hasta AS "insistirHasta",
       c.pagado_en AS "pagadoEn", ${abonado('p')}
     FROM pedidos p LEFT JOIN pedido_cobranza c ON c.numero = p.numero WHERE p.numero = ?1`,
  ),
  /** Whose charge it is. */
  cobro: statement<FilaCobro, [id: string]>(`${cobros} WHERE id = ?1`),
} as const

const sinNumero = <T extends DeUno>(fila: T): Omit<T, 'numero'> => {
  const { numero: _, ...resto } = fila
  return resto
}

/** The money of one order; null for one without. */
export function* cobranzaDe(fila: FilaCobranza | undefined): Script<Cobranza | null> {
  if (!fila) return null
  const [suyos, devueltos] = yield* together(
    consultas.cobros.all(fila.numero),
    consultas.reembolsos.all(fila.numero),
  )
  return {
    ...sinNumero(fila),
    cobros: suyos.map(sinNumero),
    reembolsos: devueltos.map(sinNumero),
  }
}

/** Of those that have any, by their numbers. */
export function* cobranzasDe(
  filas: readonly FilaCobranza[],
): Script<ReadonlyMap<number, Cobranza>> {
  if (filas.length === 0) return new Map()
  const numeros = JSON.stringify(filas.map(({ numero }) => numero))
  const [suyos, devueltos] = yield* together(
    consultas.cobrosDeVarios.all(numeros),
    consultas.reembolsosDeVarios.all(numeros),
  )
  const cobrosPor = Map.groupBy(suyos, ({ numero }) => numero)
  const devueltosPor = Map.groupBy(devueltos, ({ numero }) => numero)
  return new Map(
    filas.map((fila) => [
      fila.numero,
      {
        ...sinNumero(fila),
        cobros: (cobrosPor.get(fila.numero) ?? []).map(sinNumero),
        reembolsos: (devueltosPor.get(fila.numero) ?? []).map(sinNumero),
      },
    ]),
  )
}

/** An order's account, and what else is decided by in the write that reads it. */
export interface CuentaLeida extends Cuenta, Pick<Cobranza, 'metodo' | 'momento' | 'pagadoEn'> {
  readonly numero: number
  readonly id: string
  readonly moneda: string
  readonly expiraEn: number
  /** Whether anything of its money is known. */
  readonly conCobranza: boolean
  readonly cobros: readonly CobroConocido[]
}

const leida = (
  fila: FilaCuenta | undefined,
  cobrosLeidos: readonly FilaCobro[],
  reembolsosLeidos: readonly FilaReembolso[],
): CuentaLeida | undefined =>
  fila && {
    ...fila,
    apartado: fila.apartado ?? 'plazo',
    conCobranza: fila.apartado !== null,
    cobros: cobrosLeidos.map(sinNumero),
    reembolsos: reembolsosLeidos.map(sinNumero),
  }

export function* leerCuenta(numero: number): Script<CuentaLeida | undefined> {
  return leida(
    ...(yield* together(
      consultas.cuenta.get(numero),
      consultas.cobros.all(numero),
      consultas.reembolsos.all(numero),
    )),
  )
}

/** With what is known of a charge, whosever it is. */
export function* leerConCobro(
  numero: number,
  cobroId: string,
): Script<readonly [FilaCobro | undefined, CuentaLeida | undefined]> {
  const [cobro, ...fila] = yield* together(
    consultas.cobro.get(cobroId),
    consultas.cuenta.get(numero),
    consultas.cobros.all(numero),
    consultas.reembolsos.all(numero),
  )
  return [cobro, leida(...fila)]
}
