import { statement } from '@encargo/storage'
import type { Cobro } from '../domain/cobro.ts'
import type { MovimientoAnotado } from '../domain/registro.ts'
import type { Reembolso } from '../domain/reembolso.ts'

// Rows as they are read, and those that several scripts write.

export type FilaCobro = Cobro & { readonly n: number }
export type FilaReembolso = Omit<Reembolso, 'ajeno'> & { readonly ajeno: number }

export const columnasCobro = `n, id, pedido_id AS "pedidoId", numero, cliente_id AS "clienteId",
  creado_por AS "creadoPor", metodo, proveedor, momento, estado, causa, importe, moneda, referencia, url,
  volver_a AS "volverA", expira_en AS "expiraEn", apartar_hasta AS "apartarHasta", autorizado, cobrado,
  reembolsado, disputado, disputa, ultimo_rechazo AS "ultimoRechazo", version, contada,
  consultar_en AS "consultarEn", fallos, creado_en AS "creadoEn", actualizado_en AS "actualizadoEn"`

const columnasReembolso = `id, importe, motivo, estado, referencia, causa, ajeno, desde,
  actualizado_en AS "actualizadoEn"`

export const aReembolso = ({ ajeno, ...igual }: FilaReembolso): Reembolso => ({
  ...igual,
  ajeno: ajeno === 1,
})

type Alta = [
  id: string,
  pedidoId: string,
  numero: number,
  clienteId: string,
  creadoPor: string,
  metodo: string,
  proveedor: string,
  momento: string,
  importe: number,
  moneda: string,
  volverA: string | null,
  expiraEn: number,
  apartarHasta: number,
  ahora: number,
]
type Fase = [
  id: string,
  estado: string,
  causa: string | null,
  referencia: string | null,
  url: string | null,
  volverA: string | null,
  expiraEn: number,
  apartarHasta: number,
  autorizado: number,
  cobrado: number,
  reembolsado: number,
  disputado: number,
  disputa: string | null,
  ultimoRechazo: string | null,
  version: number,
  contada: number,
  consultarEn: number | null,
  fallos: number,
  actualizadoEn: number,
]

const delCobro = '(SELECT n FROM cobros WHERE id = ?1)'

export const sentencias = {
  cobro: statement<FilaCobro, [id: string]>(`SELECT ${columnasCobro} FROM cobros WHERE id = ?1`),
  movimientos: statement<MovimientoAnotado, [id: string]>(
    `SELECT secuencia, tipo, importe, referencia, en, aviso FROM movimientos
     WHERE cobro_n = ${delCobro} ORDER BY secuencia`,
  ),
  reembolsos: statement<FilaReembolso, [id: string]>(
    `SELECT ${columnasReembolso} FROM reembolsos WHERE cobro_n = ${delCobro} ORDER BY id`,
  ),
  crear: statement<never, Alta>(
    `INSERT INTO cobros (n, id, pedido_id, numero, cliente_id, creado_por, metodo, proveedor, momento, estado,
       causa, importe, moneda, referencia, url, volver_a, expira_en, apartar_hasta, autorizado, cobrado,
       reembolsado, disputado, disputa, ultimo_rechazo, version, contada, consultar_en, fallos, creado_en,
       actualizado_en)
     VALUES ((SELECT coalesce(max(n), 0) + 1 FROM cobros), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'creado',
       NULL, ?9, ?10, NULL, NULL, ?11, ?12, ?13, 0, 0, 0, 0, NULL, NULL, 1, 0, NULL, 0, ?14, ?14)`,
  ),
  guardar: statement<never, Fase>(
    `UPDATE cobros SET estado = ?2, causa = ?3, referencia = ?4, url = ?5, volver_a = ?6, expira_en = ?7,
       apartar_hasta = ?8, autorizado = ?9, cobrado = ?10, reembolsado = ?11, disputado = ?12, disputa = ?13,
       ultimo_rechazo = ?14, version = ?15, contada = ?16, consultar_en = ?17, fallos = ?18,
       actualizado_en = ?19
     WHERE id = ?1`,
  ),
  mover: statement<
    never,
    [
      cobroN: number,
      secuencia: number,
      proveedor: string,
      tipo: string,
      importe: number,
      referencia: string,
      en: number,
      aviso: string | null,
    ]
  >(
    `INSERT INTO movimientos (cobro_n, secuencia, proveedor, tipo, importe, referencia, en, aviso)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
  ),
  apartar: statement<
    never,
    [
      proveedor: string,
      tipo: string,
      referencia: string,
      importe: number,
      moneda: string,
      cobroN: number,
      en: number,
    ]
  >(
    `INSERT INTO ajenos (proveedor, tipo, referencia, importe, moneda, cobro_n, en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (proveedor, tipo, referencia) DO NOTHING`,
  ),
  pedirReembolso: statement<
    never,
    [
      id: string,
      cobroN: number,
      importe: number,
      motivo: string,
      estado: string,
      ajeno: number,
      ahora: number,
    ]
  >(
    `INSERT INTO reembolsos (id, cobro_n, importe, motivo, estado, ajeno, desde, actualizado_en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)`,
  ),
  guardarReembolso: statement<
    never,
    [id: string, estado: string, referencia: string | null, causa: string | null, ahora: number]
  >(
    `UPDATE reembolsos SET estado = ?2, referencia = ?3, causa = ?4, actualizado_en = ?5 WHERE id = ?1`,
  ),
  suceder: statement<never, [tipo: string, sujeto: string, datos: string, en: number]>(
    `INSERT INTO eventos (secuencia, tipo, sujeto, datos, en)
     VALUES ((SELECT coalesce(max(secuencia), 0) + 1 FROM eventos), ?1, ?2, ?3, ?4)`,
  ),
  deber: statement<
    never,
    [tipo: string, clave: string, datos: string, desde: number, proxima: number, traza: string]
  >(
    `INSERT INTO obligaciones (tipo, clave, datos, intentos, desde, proxima_en, traza)
     VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6) ON CONFLICT (tipo, clave) DO NOTHING`,
  ),
}

/** What changes of a charge, as it is after a write. */
export const guardar = (cobro: Cobro) =>
  sentencias.guardar.run(
    cobro.id,
    cobro.estado,
    cobro.causa,
    cobro.referencia,
    cobro.url,
    cobro.volverA,
    cobro.expiraEn,
    cobro.apartarHasta,
    cobro.autorizado,
    cobro.cobrado,
    cobro.reembolsado,
    cobro.disputado,
    cobro.disputa,
    cobro.ultimoRechazo,
    cobro.version,
    cobro.contada,
    cobro.consultarEn,
    cobro.fallos,
    cobro.actualizadoEn,
  )
