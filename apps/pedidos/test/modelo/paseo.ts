import { devolver, pagos, proveedor } from './cobro.ts'
import { fallaAqui, fallaEnReposo } from './invariantes.ts'
import { ambos, clave, comienzo, etapa, type Mundo } from './mundo.ts'
import { cuentas, pendiente } from './pedido.ts'
import type { Reglas } from './reglas.ts'

interface Paso {
  readonly dice: string
  readonly solo: boolean
  readonly a: Mundo
}

/** Each thing that may happen next. */
function pasos(mundo: Mundo, segun: Reglas): Paso[] {
  const lista: Paso[] = []
  const al = {
    mundo,
    segun,
    puede: (dice: string, a: Mundo) => lista.push({ dice, solo: false, a }),
    llega: (dice: string, a: Mundo) => lista.push({ dice, solo: true, a }),
  }
  if (mundo.estado !== 'Cancelado') cuentas(al)
  if (mundo.estado === 'Pendiente') pendiente(al)
  for (const cual of ambos) {
    const cobro = mundo.cobros[cual]
    if (cobro.pedidos.etapa === etapa.nada) continue
    proveedor(al, cual, cobro)
    pagos(al, cual, cobro)
    devolver(al, cual, cobro)
  }
  return lista
}

export interface Paseo {
  readonly estados: number
  readonly pasos: number
  /** Where nothing is left that happens by itself. */
  readonly reposos: number
  /** How an order may have ended by then. */
  readonly finales: ReadonlySet<string>
  /** What does not hold, and the shortest way there, in words. */
  readonly contraejemplo: { readonly falla: string; readonly camino: readonly string[] } | undefined
}

/** Walks all that can happen, nearest first, and ends at the first state that must not be. */
export function pasear(reglas: Reglas): Paseo {
  const vistos = new Map<number, number>()
  const mundos: Mundo[] = []
  const de: number[] = []
  const dichos: string[] = []
  /** What may follow of itself, by state: from here to there. */
  const solosDe: number[] = []
  const solosA: number[] = []
  let total = 0
  let reposos = 0
  const finales = new Set<string>()
  const llegar = (mundo: Mundo, desde: number, dice: string): number => {
    const suya = clave(mundo)
    const ya = vistos.get(suya)
    if (ya !== undefined) return ya
    vistos.set(suya, mundos.length)
    mundos.push(mundo)
    de.push(desde)
    dichos.push(dice)
    return mundos.length - 1
  }
  const camino = (n: number): string[] => {
    const atras: string[] = []
    for (let en = n; en > 0; en = de[en] ?? 0) atras.push(dichos[en] ?? '')
    return atras.toReversed()
  }
  const hasta = (contraejemplo: Paseo['contraejemplo']): Paseo => ({
    estados: mundos.length,
    pasos: total,
    reposos,
    finales,
    contraejemplo,
  })
  llegar(comienzo, 0, '')
  for (let n = 0; n < mundos.length; n++) {
    const mundo = mundos[n]
    if (!mundo) break
    let quieto = true
    for (const { solo, a, dice } of pasos(mundo, reglas)) {
      total++
      const m = llegar(a, n, dice)
      if (!solo || m === n) continue
      quieto = false
      solosDe.push(n)
      solosA.push(m)
    }
    if (quieto) {
      reposos++
      finales.add(mundo.estado)
    }
    const falla = fallaAqui(mundo, reglas) ?? (quieto ? fallaEnReposo(mundo, reglas) : undefined)
    if (falla !== undefined) return hasta({ falla, camino: camino(n) })
  }
  const vuelta = sinReposo(mundos.length, solosDe, solosA)
  return hasta(
    vuelta === undefined ? undefined : { falla: 'it never comes to rest', camino: camino(vuelta) },
  )
}

/**
 * A state on a round of what happens by itself, or from which only such a round is reached. Where there is
 * none, each way comes to rest, whatever happens first.
 */
function sinReposo(
  cuantos: number,
  de: readonly number[],
  a: readonly number[],
): number | undefined {
  const salidas = new Uint32Array(cuantos)
  const primera = new Int32Array(cuantos).fill(-1)
  const otra = new Int32Array(de.length)
  for (const [n, desde] of de.entries()) {
    salidas[desde] = (salidas[desde] ?? 0) + 1
    const hasta = a[n] ?? 0
    otra[n] = primera[hasta] ?? -1
    primera[hasta] = n
  }
  const quietos: number[] = []
  for (let n = 0; n < cuantos; n++) if (salidas[n] === 0) quietos.push(n)
  for (let n = 0; n < quietos.length; n++)
    for (let arco = primera[quietos[n] ?? 0] ?? -1; arco >= 0; arco = otra[arco] ?? -1) {
      const desde = de[arco] ?? 0
      salidas[desde] = (salidas[desde] ?? 0) - 1
      if (salidas[desde] === 0) quietos.push(desde)
    }
  const vuelta = salidas.findIndex((quedan) => quedan > 0)
  return vuelta < 0 ? undefined : vuelta
}
