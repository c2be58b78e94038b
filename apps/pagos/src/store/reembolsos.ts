import { apuntar } from '@encargo/service-kit/audit/log'
import { saldar } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import * as deberes from '../domain/deberes.ts'
import { hechoDe } from '../domain/hecho.ts'
import { insistirMs } from '../domain/plazo.ts'
import type { Reembolso } from '../domain/reembolso.ts'
import type {
  CierreDeReembolso,
  NuevoReembolso,
  Rechazado,
  ReembolsoCerrado,
  ReembolsoPedido,
  ReembolsosStore,
  ReembolsoVisto,
} from '../ports/cobros.ts'
import { conMovimiento, sentencias as deCapturas } from './capturas.ts'
import { escribirNovedad } from './conciliacion.ts'
import { aReembolso, type FilaReembolso, guardar, sentencias } from './filas.ts'
import {
  anotarReembolso,
  crecido,
  debe,
  existente,
  leerEntero,
  quedaDe,
  reembolsoNuevo,
  sucede,
} from './registro.ts'

type Fila = FilaReembolso & Omit<ReembolsoVisto, keyof Reembolso>

export const columnas = `r.id, r.importe, r.motivo, r.estado, r.referencia, r.causa, r.ajeno, r.desde,
  r.actualizado_en AS "actualizadoEn", c.id AS "cobroId", c.pedido_id AS "pedidoId", c.numero, c.metodo,
  c.proveedor, c.moneda`

const sentenciasDeReembolsos = {
  uno: statement<Fila, [id: string]>(
    `SELECT ${columnas} FROM reembolsos r JOIN cobros c ON c.n = r.cobro_n WHERE r.id = ?1`,
  ),
}

export const aVisto = (fila: Fila): ReembolsoVisto => ({ ...fila, ...aReembolso(fila) })

function* hallar(id: string): Script<ReembolsoVisto | undefined> {
  const fila = yield* sentenciasDeReembolsos.uno.get(id)
  return fila && aVisto(fila)
}

function* pedir(nuevo: NuevoReembolso): Script<ReembolsoPedido> {
  const { id, cobroId, importe, ahora, proximaEn } = nuevo
  const antes = yield* hallar(id)
  if (antes) {
    const mismo = antes.cobroId === cobroId && antes.importe === importe
    return mismo ? { tipo: 'repetido', reembolso: antes } : { tipo: 'distinto' }
  }
  const cobro = yield* leerEntero(cobroId)
  if (!cobro) return { tipo: 'no-encontrado' }
  const queda = quedaDe(cobro)
  if (importe > queda) return { tipo: 'excedido', queda: Math.max(0, queda) }
  const reembolso = reembolsoNuevo(cobro, nuevo, { ajeno: false, ahora })
  yield* anotarReembolso(cobro, reembolso, nuevo, proximaEn)
  yield* guardar(crecido(cobro, {}, ahora))
  yield* debe(deberes.contar, cobroId, nuevo)
  return { tipo: 'creado', reembolso }
}

function* rechazado({ id, causa, deuda, ...cuando }: Rechazado): Script<void> {
  const { ahora } = cuando
  const reembolso = yield* hallar(id)
  if (reembolso?.estado !== 'por-enviar') return yield* saldar(deuda)
  const { referencia, cobroId, importe } = reembolso
  const porQue = causa.slice(0, 100)
  if (ahora - reembolso.desde < insistirMs) {
    yield* sentencias.guardarReembolso.run(id, 'por-enviar', referencia, porQue, ahora)
    return
  }
  const cobro = yield* existente(cobroId)
  yield* sentencias.guardarReembolso.run(id, 'fallido', referencia, porQue, ahora)
  yield* guardar(crecido(cobro, {}, ahora))
  yield* debe(deberes.contar, cobroId, cuando)
  const hecho = hechoDe('reembolso.fallido', cobro, { reembolsoId: id, reembolsado: importe })
  yield* sucede(hecho, cobro, ahora)
  yield* saldar(deuda)
}

function* cerrarReembolso(cierre: CierreDeReembolso): Script<ReembolsoCerrado> {
  const { id, referencia, ahora, traza, por } = cierre
  const antes = yield* hallar(id)
  if (!antes) return { tipo: 'no-encontrado' }
  if (antes.estado === 'hecho' && antes.referencia === referencia) {
    return { tipo: 'hecho', reembolso: antes }
  }
  const aMano = antes.proveedor === 'manual' && antes.estado === 'enviado'
  if (!aMano && antes.estado !== 'fallido') return { tipo: 'en-camino' }
  if (yield* deCapturas.repetida.get(antes.proveedor, 'reembolso', referencia)) {
    return { tipo: 'referencia-repetida' }
  }
  const cobro = yield* existente(antes.cobroId)
  const { importe } = antes
  const movimiento = { tipo: 'reembolso', importe, referencia, en: ahora } as const
  const suyo = { clave: id, referencia, importe, estado: 'hecho' } as const
  const visto = { ...conMovimiento(cobro, movimiento), reembolsos: [suyo] }
  const consultable = cobro.consultarEn !== null
  yield* escribirNovedad({
    cobroId: cobro.id,
    proveedor: cobro.proveedor,
    visto,
    ahora,
    traza,
    consultable,
  })
  yield* sentencias.guardarReembolso.run(id, 'hecho', referencia, null, ahora)
  yield* apuntar(apunteDe('reembolso-cerrado', id, por, `importe ${importe}`))
  const despues = yield* hallar(id)
  return despues ? { tipo: 'hecho', reembolso: despues } : { tipo: 'no-encontrado' }
}

/** Money that goes back. */
export function createReembolsos(engine: Engine): ReembolsosStore {
  engine.prepare(...Object.values(sentenciasDeReembolsos), ...Object.values(deCapturas))
  return {
    reembolso: (id) => engine.read(() => hallar(id)),
    pedir: (nuevo) => engine.write(() => pedir(nuevo)),
    rechazado: (peticion) => engine.write(() => rechazado(peticion)),
    cerrarReembolso: (cierre) => engine.write(() => cerrarReembolso(cierre)),
  }
}
