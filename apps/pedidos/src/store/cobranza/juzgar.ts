import { deber } from '@encargo/service-kit/obligations/statements'
import { derivedId } from '@encargo/service-kit/values/derived-id'
import { type Script, statement, together } from '@encargo/storage'
import { asuntoDe } from '../../domain/cobranza/asunto.ts'
import { estadoPago, saldo } from '../../domain/cobranza/cuenta.ts'
import { decidir, type Parte } from '../../domain/cobranza/decidir.ts'
import { type Proposito, sistema } from '../../domain/pedido.ts'
import { evento } from '../sucesos.ts'
import { type CuentaLeida, leerCuenta } from './leer.ts'

/** When something was written, and when the driver may ask pagos for what is owed then. */
export interface Cuando {
  readonly ahora: number
  readonly proximaEn: number
  readonly traza: string
}

export const sentencias = {
  perder: statement<never, [id: string, numero: number, importe: number, en: number]>(
    `INSERT INTO abonos (id, numero, causa, importe, impuesto, actor, en)
     VALUES (?1, ?2, 'contracargo', ?3, 0, '${sistema}', ?4) ON CONFLICT (id) DO NOTHING`,
  ),
  reembolsar: statement<
    never,
    [id: string, numero: number, cobroId: string, importe: number, motivo: string, en: number]
  >(
    `INSERT INTO reembolsos_pedidos (id, numero, cobro_id, importe, motivo, estado, actor, en, actualizado_en)
     VALUES (?1, ?2, ?3, ?4, ?5, 'por-pedir', '${sistema}', ?6, ?6) ON CONFLICT (id) DO NOTHING`,
  ),
  proposito: statement<never, [numero: number, Proposito, desde: number]>(
    `UPDATE pedidos SET intencion = ?2, intencion_actor = '${sistema}', intencion_desde = ?3,
       proximo_intento_en = ?3 WHERE numero = ?1 AND estado = 'Pendiente' AND intencion IS NULL`,
  ),
  cobranza: statement<
    never,
    [numero: number, saldo: number, asunto: string | null, pagadoEn: number | null]
  >(
    `UPDATE pedido_cobranza SET saldo = ?2, asunto = ?3, pagado_en = coalesce(pagado_en, ?4)
     WHERE numero = ?1`,
  ),
  /** Answers when it was, which is not before what was, by whatever clock. */
  cambiar: statement<{ readonly en: number }, [numero: number, ahora: number]>(
    `UPDATE pedidos SET version = version + 1,
       actualizado_en = CASE WHEN ?2 > actualizado_en THEN ?2 ELSE actualizado_en END
     WHERE numero = ?1 RETURNING actualizado_en AS en`,
  ),
} as const

/** Refunds of a charge follow one another: the same one, however often it is decided. */
function idDeReembolso({ reembolsos }: CuentaLeida, { cobroId }: Parte): string {
  const previos = reembolsos.filter((uno) => uno.cobroId === cobroId).length
  return derivedId(`reembolso ${cobroId} ${previos + 1}`)
}

const propuesto = (numero: number, proposito: Proposito, ahora: number) =>
  sentencias.proposito.run(numero, proposito, ahora)

const reembolsoNuevo = (
  numero: number,
  { id, cobroId, importe, motivo }: Parte & { readonly id: string; readonly motivo: string },
  en: number,
) => sentencias.reembolsar.run(id, numero, cobroId, importe, motivo, en)

/** What a bank took back for good of a cancelled order is written off first: it changes what is owed. */
function* perder(cuenta: CuentaLeida, ahora: number): Script<CuentaLeida> {
  const importe = decidir(cuenta).perder
  if (importe === 0) return cuenta
  const id = derivedId(`contracargo ${cuenta.id} ${cuenta.perdido}`)
  yield* sentencias.perder.run(id, cuenta.numero, importe, ahora)
  return { ...cuenta, perdido: cuenta.perdido + importe }
}

/**
 * Looks at an order's account as it is now, and writes what that asks for: what the order sets out for, which
 * charges are to be closed and taken, what is to go back. To be called in every write that changes the
 * account, after it; what it says again is written once.
 */
export function* juzgar(numero: number, cuando: Cuando): Script<void> {
  const { ahora } = cuando
  const leida = yield* leerCuenta(numero)
  if (!leida?.conCobranza) return
  const cuenta = yield* perder(leida, ahora)
  const { proposito, cerrar, capturar, reembolsar } = decidir(cuenta)
  const estado = estadoPago(cuenta)
  const pagado = cuenta.estado !== 'Cancelado' && (estado === 'pagado' || estado === 'excedido')
  const motivo = cuenta.estado === 'Cancelado' ? 'cancelado' : 'excedente'
  const asunto = asuntoDe(cuenta, cuenta.momento)
  const reembolsos = reembolsar.map((parte) => ({ ...parte, id: idDeReembolso(cuenta, parte) }))
  yield* together(
    ...reembolsos.map((uno) => reembolsoNuevo(numero, { ...uno, motivo }, ahora)),
    ...(proposito ? [propuesto(numero, proposito, ahora)] : []),
    sentencias.cobranza.run(numero, saldo(cuenta), asunto, pagado ? ahora : null),
    ...(pagado && cuenta.pagadoEn === null
      ? [evento({ numero, tipo: 'pedido.pagado', en: ahora })]
      : []),
  )
  const ids = reembolsos.map(({ id }) => id)
  const porTomar = capturar.map(({ cobroId }) => cobroId)
  yield* deber('reembolsar', ids, cuando)
  yield* deber('cerrar-cobro', cerrar, cuando)
  yield* deber('capturar-cobro', porTomar, cuando)
}
