import { apuntar } from '@encargo/service-kit/audit/log'
import { type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import { cabe } from '../domain/creible.ts'
import type { Verdad } from '../domain/verdad.ts'
import type { Movimiento } from '../domain/movimiento.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Captura, Capturado } from '../ports/cobros.ts'
import { anotarClave, deClave } from './claves.ts'
import { escribirNovedad } from './conciliacion.ts'
import { type Entero, existente, leerEntero } from './registro.ts'

export const sentencias = {
  repetida: statement<{ uno: number }, [proveedor: string, tipo: string, referencia: string]>(
    'SELECT 1 AS uno FROM movimientos WHERE proveedor = ?1 AND tipo = ?2 AND referencia = ?3',
  ),
}

/** What a charge is when somebody has written one more movement of it down. */
export function conMovimiento(cobro: CobroEntero, nuevo: Movimiento): Verdad {
  const cobrado = cobro.cobrado + (nuevo.tipo === 'captura' ? nuevo.importe : 0)
  const estado = cobro.estado === 'creado' ? 'abierto' : cobro.estado
  return {
    estado: cobrado >= cobro.importe ? 'cobrado' : estado,
    causa: cobro.causa ?? undefined,
    moneda: cobro.moneda,
    cobroId: cobro.id,
    expiraEn: undefined,
    movimientos: [...cobro.movimientos, nuevo],
    reembolsos: [],
    disputa: undefined,
    ultimoRechazo: undefined,
  }
}

/** Money that somebody received by hand, once for each key and each reference. */
export function* escribirCaptura(captura: Captura): Script<Capturado> {
  const { cobroId, importe, referencia, clave, ahora, por } = captura
  const antes = yield* deClave(clave, ahora)
  if (antes === 'distinta') return { tipo: 'distinta' }
  if (antes) return { tipo: 'hecho', cobro: yield* existente(antes.cobroId) }
  const cobro = yield* leerEntero(cobroId)
  if (!cobro) return { tipo: 'no-encontrado' }
  if (cobro.proveedor !== 'manual' || cobro.estado === 'creado') return { tipo: 'no-manual' }
  if (yield* sentencias.repetida.get(cobro.proveedor, 'captura', referencia)) {
    return { tipo: 'referencia-repetida' }
  }
  const { autorizado, cobrado, reembolsado, disputado } = cobro
  const sumas = { autorizado, cobrado: cobrado + importe, reembolsado, disputado }
  if (!cabe(cobro.movimientos.length + 1, sumas)) return { tipo: 'demasiado' }
  const exceso = sumas.cobrado - cobro.importe
  if (exceso > 0 && !captura.aceptarExceso) return { tipo: 'excedido', exceso }
  const despues = yield* recibir(cobro, captura)
  yield* anotarClave(clave, cobroId, ahora)
  yield* apuntar(apunteDe('cobro-capturado', cobroId, por, `importe ${importe}`))
  return { tipo: 'hecho', cobro: despues }
}

function* recibir(cobro: Entero, { importe, referencia, recibidoEn, ahora, traza }: Captura) {
  const movimiento = { tipo: 'captura', importe, referencia, en: recibidoEn } as const
  const visto = conMovimiento(cobro, movimiento)
  const { id, proveedor } = cobro
  yield* escribirNovedad({ cobroId: id, proveedor, visto, ahora, traza, consultable: false })
  return yield* existente(cobro.id)
}
