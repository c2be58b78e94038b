import { statement } from '@encargo/storage'
import type { TipoEvento } from '../domain/evento.ts'
import { sistema } from '../domain/pedido.ts'

export const sentencias = {
  evento: statement<
    never,
    [
      numero: number,
      actor: string,
      en: number,
      tipo: TipoEvento | null,
      datos: string | null,
      motivo: string | null,
    ]
  >({
    sqlite: `INSERT INTO pedido_eventos (numero, estado, actor, en, tipo, datos, motivo)
      VALUES (?1, (SELECT estado FROM pedidos WHERE numero = ?1), ?2, ?3, ?4, ?5, ?6)`,
    postgres: `INSERT INTO pedido_eventos (secuencia, numero, estado, actor, en, tipo, datos, motivo)
      VALUES ((SELECT coalesce(max(secuencia), 0) + 1 FROM pedido_eventos), ?1,
        (SELECT estado FROM pedidos WHERE numero = ?1), ?2, ?3, ?4, ?5, ?6)`,
  }),
} as const

interface Suceso {
  readonly numero: number
  /** Without it, that it became what it is. */
  readonly tipo?: TipoEvento
  readonly en: number
  readonly actor?: string
  readonly motivo?: string | null
  readonly datos?: object
}

/** In the write of what befell an order, after it. */
export const evento = ({ numero, tipo, en, actor = sistema, motivo = null, datos }: Suceso) =>
  sentencias.evento.run(
    numero,
    actor,
    en,
    tipo ?? null,
    datos ? JSON.stringify(datos) : null,
    motivo,
  )
