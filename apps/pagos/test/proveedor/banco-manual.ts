import { epochMs, monoMs } from '@encargo/service-kit/async/clock'
import type { Banco } from '../../../../scripts/probar-proveedor/banco.ts'
import { type Anotado, createManual } from '../../src/clients/manual.ts'
import type { Movimiento } from '../../src/domain/movimiento.ts'
import type { Proveedor } from '../../src/ports/proveedor.ts'
import type { Verdad } from '../../src/domain/verdad.ts'

const imposible = () => Promise.reject(new Error('there is no such thing by hand'))

/** The people of a shop, who write down what they did, and what is asked of them. */
export function abrirBancoManual(): Promise<Banco> {
  const libro = new Map<string, Anotado>()
  let ahora = Date.UTC(2026, 0, 15, 12)
  const clock = { epochMs: () => epochMs(ahora), monoMs: () => monoMs(ahora) }
  const manual = createManual({ leer: (uno) => Promise.resolve(libro.get(uno)), clock })

  const pagina = (referencia: string): Anotado => {
    const visto = libro.get(referencia)
    if (visto === undefined) throw new Error(`no charge ${referencia}`)
    return visto
  }
  const escribir = (referencia: string, cambios: Partial<Anotado>) =>
    libro.set(referencia, { ...pagina(referencia), ...cambios })
  const anotar = (referencia: string, tipo: Movimiento['tipo'], importe: number, nombre: string) =>
    escribir(referencia, {
      movimientos: [
        ...pagina(referencia).movimientos,
        { tipo, importe, referencia: nombre, en: ahora },
      ],
    })
  const seguir = (referencia: string, { estado, causa, reembolsos }: Verdad) =>
    escribir(referencia, { estado, causa, reembolsos })

  // As the service does: the row first, and what was answered after it.
  const proveedor: Proveedor = {
    ...manual,
    async abrir(cobro, call) {
      const sesion = await manual.abrir(cobro, call)
      const { id: cobroId, importe, moneda, expiraEn } = cobro
      libro.set(sesion.referencia, {
        cobroId,
        estado: 'abierto',
        causa: undefined,
        importe,
        moneda,
        expiraEn,
        movimientos: [],
        reembolsos: [],
      })
      return sesion
    },
    async cerrar(referencia, call) {
      const verdad = await manual.cerrar(referencia, call)
      seguir(referencia, verdad)
      return verdad
    },
    async reembolsar(peticion, call) {
      const verdad = await manual.reembolsar(peticion, call)
      seguir(peticion.referencia, verdad)
      return verdad
    },
  }

  return Promise.resolve({
    proveedor,
    hace: {
      red: false,
      avisos: false,
      rechazos: false,
      vales: false,
      disputas: false,
      reembolsosFallidos: false,
    },
    ahora: () => ahora,
    moneda: 'USD',
    pagar: (referencia) => {
      anotar(referencia, 'captura', pagina(referencia).importe, `recibo ${referencia}`)
      return Promise.resolve()
    },
    rechazar: imposible,
    vencer: (referencia) => {
      ahora = (pagina(referencia).expiraEn ?? ahora) + 1
      return Promise.resolve()
    },
    imprimirVale: imposible,
    pagarVale: imposible,
    vencerVale: imposible,
    cumplirReembolsos: (referencia) => {
      const { reembolsos } = pagina(referencia)
      for (const uno of reembolsos.filter(({ estado }) => estado === 'enviado')) {
        anotar(referencia, 'reembolso', uno.importe, uno.referencia)
      }
      const hechos = reembolsos.map((uno) => ({ ...uno, estado: 'hecho' as const }))
      escribir(referencia, { reembolsos: hechos })
      return Promise.resolve()
    },
    fallarReembolso: imposible,
    disputar: imposible,
    fallarDisputa: imposible,
    ajena: () => Promise.resolve('una transferencia de otra tienda'),
    sesiones: (cobroId) => Promise.resolve(libro.has(cobroId) ? 1 : 0),
    estropear: () => Promise.resolve(),
    sanar: () => Promise.resolve(),
    avisos: imposible,
    avisoSinInteres: imposible,
    alterar: (aviso) => aviso,
    firmar: imposible,
    cerrar: () => Promise.resolve(),
  })
}
