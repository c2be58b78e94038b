import type { Clock } from '@encargo/service-kit/async/clock'
import type { EstadoCobro } from '@encargo/service-kit/values/cobros'
import type { CausaCierre } from '../domain/cobro.ts'
import { type Movimiento, sumar } from '../domain/movimiento.ts'
import { FirmaInvalida, type Proveedor, ProveedorRechaza } from '../ports/proveedor.ts'
import type { ReembolsoVisto, Verdad } from '../domain/verdad.ts'

/** What people wrote down of a charge. */
export interface Anotado {
  readonly cobroId: string
  readonly estado: EstadoCobro
  readonly causa: CausaCierre | undefined
  readonly importe: number
  readonly moneda: string
  readonly expiraEn: number | undefined
  readonly movimientos: readonly Movimiento[]
  readonly reembolsos: readonly ReembolsoVisto[]
}

export interface ManualDeps {
  readonly leer: (referencia: string) => Promise<Anotado | undefined>
  readonly clock: Clock
}

const diaSegundos = 86_400

/** Cash, transfers, card terminals: nobody is called, and what is known is what people wrote down. */
export function createManual({ leer, clock }: ManualDeps): Proveedor {
  async function anotado(referencia: string): Promise<Anotado> {
    const visto = await leer(referencia)
    if (visto === undefined) throw new ProveedorRechaza('desconocido', `no charge ${referencia}`)
    return visto
  }

  function verdad(visto: Anotado, cerrando: boolean): Verdad {
    const { importe, moneda, expiraEn, movimientos, reembolsos, cobroId } = visto
    const vencido = expiraEn !== undefined && expiraEn <= clock.epochMs()
    const dicho = { moneda, cobroId, expiraEn, movimientos, reembolsos }
    const sinMas = { ...dicho, causa: undefined, disputa: undefined, ultimoRechazo: undefined }
    if (sumar(movimientos).cobrado >= importe) return { ...sinMas, estado: 'cobrado' }
    if (visto.estado !== 'cerrado' && !vencido && !cerrando) return { ...sinMas, estado: 'abierto' }
    const causa = visto.estado === 'cerrado' ? visto.causa : cerrando ? 'anulado' : 'vencido'
    return { ...sinMas, estado: 'cerrado', causa }
  }

  return {
    id: 'manual',
    puede: {
      redirigir: false,
      autorizar: false,
      cerrar: true,
      reembolsarParte: true,
      consultar: false,
    },
    plazo: { minimo: 60, maximo: 30 * diaSegundos },
    importe: (menor) => menor,
    async abrir({ id, importe, expiraEn, soloAutorizar = false }) {
      if (importe <= 0) throw new ProveedorRechaza('importe', 'nothing to charge')
      if (soloAutorizar) throw new ProveedorRechaza('autorizar', 'cash can not be held')
      return { referencia: id, url: undefined, expiraEn }
    },
    consultar: async (referencia) => verdad(await anotado(referencia), false),
    cerrar: async (referencia) => verdad(await anotado(referencia), true),
    async capturar({ referencia }) {
      await anotado(referencia)
      throw new ProveedorRechaza('autorizar', 'nothing is held of what people receive by hand')
    },
    async reembolsar({ referencia, importe, clave }) {
      const visto = await anotado(referencia)
      const conocido = visto.reembolsos.some((uno) => uno.clave === clave)
      if (!conocido && importe > disponible(visto)) {
        throw new ProveedorRechaza('importe', `less than ${importe} is there to give back`)
      }
      const pedido = { referencia: clave, clave, importe, estado: 'enviado' } as const
      const reembolsos = conocido ? visto.reembolsos : [...visto.reembolsos, pedido]
      return verdad({ ...visto, reembolsos }, false)
    },
    leerAviso: () => Promise.reject(new FirmaInvalida('nobody tells of what people do by hand')),
  }
}

/** What was received and neither went back nor is on its way. */
function disponible({ movimientos, reembolsos }: Anotado): number {
  const { cobrado, reembolsado, disputado } = sumar(movimientos)
  const enCamino = reembolsos.filter(({ estado }) => estado === 'enviado')
  return cobrado - reembolsado - disputado - enCamino.reduce((hasta, uno) => hasta + uno.importe, 0)
}
