import { statement } from '@encargo/storage'
import type { Aviso } from '../ports/cobros.ts'

export const columnasAviso = `proveedor, evento_id AS "eventoId", referencia, estado, intentos,
  recibido_en AS "recibidoEn", proxima_en AS "proximaEn", error`

type Uno = [proveedor: string, eventoId: string]

export const sentencias = {
  esta: statement<{ uno: number }, Uno>(
    'SELECT 1 AS uno FROM avisos WHERE proveedor = ?1 AND evento_id = ?2',
  ),
  guardar: statement<never, [...Uno, referencia: string, cuerpo: Uint8Array, ahora: number]>(
    `INSERT INTO avisos (proveedor, evento_id, referencia, cuerpo, estado, intentos, recibido_en, proxima_en)
     VALUES (?1, ?2, ?3, ?4, 'pendiente', 0, ?5, ?5) ON CONFLICT (proveedor, evento_id) DO NOTHING`,
  ),
  uno: statement<Aviso, Uno>(
    `SELECT ${columnasAviso} FROM avisos WHERE proveedor = ?1 AND evento_id = ?2`,
  ),
  hecho: statement<never, Uno>(
    `UPDATE avisos SET estado = 'hecho', cuerpo = NULL, proxima_en = NULL, error = NULL
     WHERE proveedor = ?1 AND evento_id = ?2`,
  ),
  // The body stays: who has to find out whose it is wants to read it.
  ajeno: statement<never, Uno>(
    `UPDATE avisos SET estado = 'ajeno', proxima_en = NULL WHERE proveedor = ?1 AND evento_id = ?2
       AND estado = 'pendiente'`,
  ),
  reintentar: statement<never, [...Uno, ahora: number]>(
    `UPDATE avisos SET estado = 'pendiente', proxima_en = ?3, recibido_en = ?3
     WHERE proveedor = ?1 AND evento_id = ?2 AND estado <> 'hecho'`,
  ),
}
