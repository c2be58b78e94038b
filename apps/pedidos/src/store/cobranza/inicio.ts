import { statement } from '@encargo/storage'
import { cobranzaNueva } from '../../domain/cobranza/de-pedido.ts'
import type { NuevaCobranza } from '../../ports/cobranza.ts'

/** In the write of an order that is to be paid here. */
export const iniciar = statement<
  never,
  [numero: number, metodo: string, momento: string, asunto: string | null, saldo: number]
>(
  `INSERT INTO pedido_cobranza (numero, metodo, momento, apartado, asunto, saldo)
   VALUES (?1, ?2, ?3, 'plazo', ?4, ?5)`,
)

/** A row of how an order is to be paid, but for its number. */
export function filaDeCobranza(nueva: NuevaCobranza, total: number) {
  const { metodo, momento } = nueva
  return { metodo, momento, asunto: cobranzaNueva(nueva).asunto, saldo: total }
}

export function cobranzaInicial(numero: number, nueva: NuevaCobranza, total: number) {
  const { metodo, momento, asunto, saldo } = filaDeCobranza(nueva, total)
  return iniciar.run(numero, metodo, momento, asunto, saldo)
}
