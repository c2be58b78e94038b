import type { Pedido } from '@encargo/client'
import { Intento } from '../../formularios/intento.ts'
import { cobrarAMano } from '../cobros/datos.ts'
import { type Parte, referenciaDe } from './partes.ts'

/** A part of what was paid, and whether it is written down. */
export interface ParteCobrada extends Parte {
  readonly anotada: boolean
  /** Its keys: what may have been written down is asked for by the same one again. */
  readonly intento: Intento
}

export interface Anotadas {
  readonly partes: readonly ParteCobrada[]
  /** Why the first that is not written down is not. */
  readonly fallo: unknown
}

export const porAnotar = (partes: readonly Parte[]): ParteCobrada[] =>
  partes
    .filter(({ metodo, importe }) => metodo !== '' && importe > 0)
    .map((una) => ({ ...una, anotada: false, intento: new Intento() }))

/**
 * Writes down what was paid for a sale, part by part, as far as it is not yet: repeated after whatever was
 * lost it comes to the same.
 */
export async function anotarPartes(
  { id, numero, moneda }: Pick<Pedido, 'id' | 'numero' | 'moneda'>,
  partes: readonly ParteCobrada[],
): Promise<Anotadas> {
  const hechas: ParteCobrada[] = []
  let fallo: unknown
  for (const [lugar, parte] of partes.entries()) {
    let { anotada } = parte
    if (!anotada && fallo === undefined) {
      const referencia = referenciaDe(parte, numero, lugar, moneda)
      const recibido = { importe: parte.importe, referencia, recibidoEn: undefined }
      try {
        await parte.intento.hacer(recibido, (clave) =>
          cobrarAMano(id, parte.metodo, recibido, clave),
        )
        anotada = true
      } catch (error) {
        fallo = error
      }
    }
    hechas.push({ ...parte, anotada })
  }
  return { partes: hechas, fallo }
}
