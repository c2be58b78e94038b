import {
  admiteCobro,
  type Cuenta,
  cubierto,
  exigible,
  quedara,
} from '../../src/domain/cobranza/cuenta.ts'
import type { Decision } from '../../src/domain/cobranza/decidir.ts'
import { anotar, claveCuenta, cuentaDe, type Mundo } from './mundo.ts'

/** What is left out of the protocol, to see that the walk finds it. */
export type Falta =
  | 'lets go of stock before charges are closed'
  | 'never asks for closed charges again'
  | 'believes what is older than it knows'
  | 'asks inventario for no longer than the order has'

/** What pedidos makes of an account. */
interface Mirada {
  readonly decision: Decision
  readonly cubierto: boolean
  readonly pagado: boolean
  readonly admite: boolean
}

export interface Reglas {
  /** What the order costs, in charges. */
  readonly total: number
  /** Whether staff also delivers what is not paid yet, keeps stock for it, and lets it off a charge. */
  readonly confia: boolean
  readonly falta: Falta | undefined
  readonly mirar: (mundo: Mundo) => Mirada
}

export function reglas(
  { total, confia }: Pick<Reglas, 'total' | 'confia'>,
  decidir: (cuenta: Cuenta) => Decision,
  falta?: Falta,
): Reglas {
  const miradas = new Map<number, Mirada>()
  const mirar = (mundo: Mundo): Mirada => {
    const clave = claveCuenta(mundo)
    const ya = miradas.get(clave)
    if (ya) return ya
    const cuenta = cuentaDe(mundo, total)
    const mirada = {
      decision: decidir(cuenta),
      cubierto: cubierto(cuenta),
      pagado: quedara(cuenta) >= exigible(cuenta),
      admite: admiteCobro(cuenta, 1),
    }
    miradas.set(clave, mirada)
    return mirada
  }
  return { total, confia, falta, mirar }
}

/** Where something may happen next, and to whom it is said. */
export interface Al {
  readonly mundo: Mundo
  readonly segun: Reglas
  /** It is possible: nobody may count on it. */
  readonly puede: (dice: string, a: Mundo) => void
  /** It happens by itself, sooner or later. */
  readonly llega: (dice: string, a: Mundo) => void
}

/** A write of pedidos that changes the account: what it decides is in it. */
export const escribir = (mundo: Mundo, { mirar }: Reglas): Mundo =>
  anotar(mundo, mirar(mundo).decision)
