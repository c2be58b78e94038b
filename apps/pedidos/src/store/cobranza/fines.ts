import { apuntar } from '@encargo/service-kit/audit/log'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { type Script, statement } from '@encargo/storage'
import { type Apartado, cubierto } from '../../domain/cobranza/cuenta.ts'
import type { TipoEvento } from '../../domain/evento.ts'
import { type Proposito, sinVencimiento } from '../../domain/pedido.ts'
import { apunteDe } from '../../domain/auditoria.ts'
import type { CobranzaStore, FinalCobrado, Paso } from '../../ports/cobranza.ts'
import { devolver } from '../cupones.ts'
import { anotar, guardable, proponer, sentencias as deMarcha } from '../marcha.ts'
import { evento } from '../sucesos.ts'
import { juzgar } from './juzgar.ts'
import { leerCuenta } from './leer.ts'

// What becomes of an order that has money, once its purpose is fulfilled.

export const sentencias = {
  /** Answers when it was, which is not before what was, by whatever clock. */
  seguir: statement<
    { readonly en: number },
    [numero: number, Proposito, expiraEn: number, ahora: number]
  >(
    `UPDATE pedidos SET version = version + 1, expira_en = CASE WHEN ?3 > expira_en THEN ?3 ELSE expira_en END,
       intencion = NULL, intencion_actor = NULL, intencion_motivo = NULL, intencion_desde = NULL,
       intentos = 0, proximo_intento_en = NULL, ultimo_error = NULL,
       actualizado_en = CASE WHEN ?4 > actualizado_en THEN ?4 ELSE actualizado_en END
     WHERE numero = ?1 AND estado = 'Pendiente' AND intencion = ?2 RETURNING actualizado_en AS en`,
  ),
  apartar: statement<
    never,
    [
      numero: number,
      apartado: Apartado | null,
      reservaId: string | null,
      insistirHasta: number | null,
    ]
  >(
    `UPDATE pedido_cobranza SET apartado = coalesce(?2, apartado), reserva_id = coalesce(?3, reserva_id),
       insistir_hasta = ?4 WHERE numero = ?1`,
  ),
  /**
   * Before an order of whose money nothing is known is made sure, or less is owed of it. Not while it has a
   * purpose: as what it owes then says whether it has any.
   */
  conCobranza: statement<never, [numero: number]>(
    `INSERT INTO pedido_cobranza (numero, apartado, saldo)
     SELECT numero, 'plazo', 0 FROM pedidos WHERE numero = ?1 AND intencion IS NULL
     ON CONFLICT (numero) DO NOTHING`,
  ),
  asegurar: statement<never, [numero: number, actor: string, ahora: number, proximaEn: number]>(
    `UPDATE pedidos SET intencion = 'asegurar', intencion_actor = ?2, intencion_desde = ?3,
       proximo_intento_en = ?4 WHERE numero = ?1 AND estado = 'Pendiente' AND intencion IS NULL
       AND EXISTS (SELECT 1 FROM pedido_cobranza c WHERE c.numero = ?1 AND c.apartado = 'plazo')`,
  ),
} as const

const dichoDe = (apartado: Apartado, proposito: Proposito): TipoEvento => {
  if (apartado === 'vencido') return 'pedido.vencido'
  return proposito === 'reapartar' ? 'pedido.reapartado' : 'pedido.asegurado'
}

export function* seguirCobrado(paso: Paso): Script<boolean> {
  const { numero, proposito, apartado, reservaId, insistirHasta = null, actor } = paso
  const antes = yield* leerCuenta(numero)
  const hasta = apartado === 'firme' || apartado === 'vencido' ? sinVencimiento : paso.expiraEn
  const seguido = yield* sentencias.seguir.get(numero, proposito, hasta ?? 0, paso.ahora)
  if (!seguido) return false
  const { en } = seguido
  yield* sentencias.apartar.run(numero, apartado ?? null, reservaId ?? null, insistirHasta)
  if (apartado && apartado !== antes?.apartado) {
    yield* evento({ numero, tipo: dichoDe(apartado, proposito), en, actor })
  }
  yield* anotar(numero, paso.corrida, false)
  yield* juzgar(numero, { ...paso, ahora: en })
  return true
}

/** Whether money has come, or may still, of an order that was to expire. */
function* puedePagarse(numero: number): Script<boolean> {
  const cuenta = yield* leerCuenta(numero)
  if (!cuenta || cuenta.cobros.length === 0) return false
  return cubierto(cuenta) || cuenta.cobros.some(esperaDinero)
}

export function* terminarCobrado(final: FinalCobrado): Script<boolean> {
  const { numero, proposito, estado, actor, ahora } = final
  if (proposito === 'expirar' && estado === 'Cancelado' && (yield* puedePagarse(numero))) {
    return yield* seguirCobrado({ ...final, apartado: 'vencido' })
  }
  const motivo = yield* guardable(numero, final.motivo, actor)
  const suyo = estado === 'Cancelado' ? motivo : null
  const terminado = yield* deMarcha.terminar.get(numero, proposito, estado, suyo, ahora)
  if (!terminado) return false
  const { en } = terminado
  const forzado = estado === 'Completado' && motivo !== null
  // Completed although it was not paid.
  if (forzado) yield* evento({ numero, en, actor, motivo, datos: { forzado } })
  else yield* deMarcha.evento.run(numero, estado, motivo, actor, en)
  if (estado === 'Cancelado') yield* devolver(numero)
  yield* anotar(numero, final.corrida, false)
  yield* juzgar(numero, { ...final, ahora: en })
  return true
}

type Asegurar = Parameters<CobranzaStore['proponerAsegurar']>[0]

export function* proponerAsegurar({ numero, actor, ahora, proximaEn }: Asegurar): Script<boolean> {
  yield* sentencias.conCobranza.run(numero)
  return (yield* sentencias.asegurar.run(numero, actor, ahora, proximaEn)) === 1
}

type Forzado = Parameters<CobranzaStore['forzar']>[0]

export function* forzar({ pedidoId, por, ...forzado }: Forzado): Script<boolean> {
  const propuesto = yield* proponer({ ...forzado, proposito: 'completar' })
  if (propuesto) yield* apuntar(apunteDe('pedido-forzado', pedidoId, { en: forzado.ahora, por }))
  return propuesto
}
