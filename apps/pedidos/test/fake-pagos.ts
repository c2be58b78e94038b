import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { CobroDicho, Movimiento } from '../src/ports/cobranza.ts'
import type { MetodoPago, Pagos, PeticionReembolso } from '../src/ports/pagos.ts'

/** A charge that was opened and of which nothing has come. */
export const cobroNuevo = (id: string, importe: number): CobroDicho => ({
  id,
  version: 1,
  estado: 'creado',
  causa: null,
  metodo: 'tarjeta',
  proveedor: 'stripe',
  momento: 'antes',
  importe,
  moneda: 'USD',
  autorizado: 0,
  cobrado: 0,
  reembolsado: 0,
  disputado: 0,
  disputa: null,
  expiraEn: null,
  movimientos: [],
  reembolsos: [],
})

const efecto = {
  autorizacion: ['autorizado', 1],
  anulacion: ['autorizado', -1],
  captura: ['cobrado', 1],
  reembolso: ['reembolsado', 1],
  contracargo: ['disputado', 1],
  'contracargo-revertido': ['disputado', -1],
} as const

/** The charge after something has happened to its money. */
export function tras(
  cobro: CobroDicho,
  tipo: keyof typeof efecto,
  importe: number,
  cambios: Partial<CobroDicho> = {},
): CobroDicho {
  const [que, signo] = efecto[tipo]
  const secuencia = cobro.movimientos.length + 1
  const movimiento: Movimiento = {
    secuencia,
    tipo,
    importe,
    referencia: `m${secuencia}`,
    en: secuencia,
  }
  return {
    ...cobro,
    [que]: cobro[que] + signo * importe,
    version: cobro.version + 1,
    movimientos: [...cobro.movimientos, movimiento],
    ...cambios,
  }
}

/** pagos in memory, that fails when told to. It tells nobody by itself: tests do. */
export class FakePagos implements Pagos {
  lista: MetodoPago[] = []
  readonly cobros = new Map<string, CobroDicho>()
  readonly reembolsos: PeticionReembolso[] = []
  readonly llamadas: string[] = []
  caido = false
  /** Whether charges can be closed; those that can't stay as they are. */
  cierra = true
  /** What it says of a refund. */
  reembolso: 'enviado' | 'hecho' | 'fallido' | 'sin-fondos' = 'enviado'

  metodos(): Promise<readonly MetodoPago[]> {
    return this.#llamar('metodos', () => this.lista)
  }

  cerrar(id: string): Promise<CobroDicho> {
    return this.#llamar('cerrar', () => {
      const cobro = this.de(id)
      const acabado = cobro.estado === 'cobrado' || cobro.estado === 'cerrado'
      if (acabado || !this.cierra) return cobro
      return this.poner({
        ...cobro,
        version: cobro.version + 1,
        estado: 'cerrado',
        causa: 'anulado',
        autorizado: 0,
      })
    })
  }

  capturar({ cobroId, importe }: { cobroId: string; importe: number }): Promise<CobroDicho> {
    return this.#llamar('capturar', () => {
      const cobro = this.de(cobroId)
      if (cobro.estado === 'cobrado') return cobro
      return this.poner(tras(cobro, 'captura', importe, { estado: 'cobrado' }))
    })
  }

  reembolsar(peticion: PeticionReembolso): Promise<FakePagos['reembolso']> {
    return this.#llamar('reembolsar', () => {
      if (!this.reembolsos.some(({ id }) => id === peticion.id)) this.reembolsos.push(peticion)
      return this.reembolso
    })
  }

  de(id: string): CobroDicho {
    const cobro = this.cobros.get(id)
    if (!cobro) throw new Error(`no charge ${id}`)
    return cobro
  }

  poner(cobro: CobroDicho): CobroDicho {
    this.cobros.set(cobro.id, cobro)
    return cobro
  }

  async #llamar<T>(operacion: string, actuar: () => T): Promise<T> {
    this.llamadas.push(operacion)
    if (this.caido) throw new PeerUnavailableError('pagos', 1000)
    return actuar()
  }
}
