import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Shape } from '@encargo/service-kit/peer/peer'
import type { Outside } from '@encargo/service-kit/run/outside'
import {
  FirmaInvalida,
  type Listar,
  type Proveedor,
  ProveedorNoDisponible,
  ProveedorRechaza,
} from '../../ports/proveedor.ts'
import { createPedir, exigirForma } from '../pedir.ts'
import { exigirFirma, firmar } from './firmas.ts'
import * as formas from './formas.ts'

export interface AjustesExterno {
  readonly url: string
  /** `whsec_…`; more than one while it is being changed, the new one first. */
  readonly secretos: readonly string[]
}

const nombre = 'externo'
/** How long a description is believed. */
const vigenciaMs = 5 * 60_000
const iso = (ms: number) => new Date(ms).toISOString()

/** What is supposed of a program that has not yet said anything. */
const supuesto: Pick<formas.Descripcion, 'puede' | 'plazo' | 'monedas'> = {
  puede: {
    redirigir: true,
    autorizar: false,
    cerrar: true,
    reembolsarParte: true,
    consultar: true,
  },
  plazo: { minimo: 5 * 60, maximo: 30 * 86_400 },
}

export interface Externo extends Proveedor {
  /** What it says of itself. */
  presentarse(call: CallContext): Promise<formas.Descripcion>
  /** Asks it for something in the protocol's own words. @throws ProveedorRechaza */
  pedir<T>(tipo: string, data: object, forma: Shape<T>, call: CallContext): Promise<T>
}

/** The shop's own program, that takes money however it likes and speaks the protocol of docs/payments.md. */
export function createExterno(
  { url, secretos }: AjustesExterno,
  outside: Pick<Outside, 'fetch' | 'logger' | 'clock'>,
): Externo {
  const llamar = createPedir(nombre, url, outside)
  const { clock } = outside
  let ultima: { descripcion: formas.Descripcion; hasta: number } | undefined
  let serie = 0

  async function contestado(
    { metodo, cuerpo, id }: { metodo: 'GET' | 'POST'; cuerpo: string; id: string },
    call: CallContext,
  ): Promise<unknown> {
    const firmas = firmar(secretos, { id, cuerpo, ahora: clock.epochMs() })
    const peticion =
      metodo === 'GET'
        ? { metodo, ruta: '', headers: firmas }
        : { metodo, ruta: '', cuerpo, headers: { 'content-type': 'application/json', ...firmas } }
    const { ok, datos } = await llamar(peticion, call)
    if (ok) return datos
    const { codigo, mensaje = codigo } = exigirForma(nombre, formas.esRechazo, datos)
    throw new ProveedorRechaza(codigo, mensaje)
  }

  /** Of a question; an act has its key's. */
  const otroId = ({ traceId }: CallContext) => `msg_${traceId}_${(serie += 1)}`

  async function presentarse(call: CallContext): Promise<formas.Descripcion> {
    if (ultima && ultima.hasta > clock.monoMs()) return ultima.descripcion
    const datos = await contestado({ metodo: 'GET', cuerpo: '', id: otroId(call) }, call)
    const { protocolo } = exigirForma(nombre, formas.tieneVersion, datos)
    if (protocolo !== formas.protocolo) {
      const suyo = `externo speaks version ${protocolo} of the protocol`
      throw new ProveedorNoDisponible(`${suyo}, and this is ${formas.protocolo}`)
    }
    const descripcion = exigirForma(nombre, formas.esDescripcion, datos)
    ultima = { descripcion, hasta: clock.monoMs() + vigenciaMs }
    return descripcion
  }

  async function pedir<T>(
    tipo: string,
    data: object,
    forma: Shape<T>,
    call: CallContext,
    clave?: string,
  ): Promise<T> {
    await presentarse(call)
    const cuerpo = JSON.stringify({ type: tipo, timestamp: iso(clock.epochMs()), data })
    const id = clave === undefined ? otroId(call) : `msg_${clave}`
    return exigirForma(nombre, forma, await contestado({ metodo: 'POST', cuerpo, id }, call))
  }

  const verdad = async (tipo: string, data: object, call: CallContext, clave?: string) =>
    formas.verdadDe(await pedir(tipo, data, formas.esVerdad, call, clave))
  const listar: Listar = async ({ desde, cursor }, call) => {
    const { puede } = await presentarse(call)
    if (puede.listar !== true) return { referencias: [], siguiente: undefined }
    const data = { desde: iso(desde), cursor }
    const { referencias, siguiente } = await pedir('cobros.listar', data, formas.esLista, call)
    return { referencias, siguiente }
  }
  const dicho = () => ultima?.descripcion ?? supuesto

  return {
    id: nombre,
    presentarse,
    pedir,
    get puede() {
      return dicho().puede
    },
    get plazo() {
      return dicho().plazo
    },
    importe: (menor, moneda) => (dicho().monedas?.includes(moneda) === false ? null : menor),

    async abrir(cobro, call) {
      const { monedas, puede } = await presentarse(call)
      if (monedas?.includes(cobro.moneda) === false) {
        throw new ProveedorRechaza('moneda', `takes no ${cobro.moneda}`)
      }
      if (cobro.soloAutorizar === true && !puede.autorizar) {
        throw new ProveedorRechaza('no-autoriza', 'takes money at once, or not at all')
      }
      const { id, expiraEn, soloAutorizar = false, ...resto } = cobro
      const data = { ...resto, cobroId: id, expiraEn: iso(expiraEn), soloAutorizar }
      const sesion = await pedir('cobro.abrir', data, formas.esSesion, call, id)
      const fin = sesion.expiraEn === undefined ? undefined : formas.momento(sesion.expiraEn)
      return { referencia: sesion.referencia, url: sesion.url, expiraEn: fin }
    },
    consultar: (referencia, call) => verdad('cobro.consultar', { referencia }, call),
    cerrar: (referencia, call) => verdad('cobro.cerrar', { referencia }, call),
    capturar: (peticion, call) => verdad('cobro.capturar', peticion, call, peticion.clave),
    reembolsar: (peticion, call) => verdad('cobro.reembolsar', peticion, call, peticion.clave),

    leerAviso: (headers, cuerpo) =>
      Promise.try(() => {
        const texto = leerTexto(cuerpo)
        const eventoId = exigirFirma(secretos, headers, texto, clock.epochMs())
        const aviso = leerJson(texto)
        if (!formas.esAviso(aviso) || aviso.type !== 'cobro.cambiado') return undefined
        const { referencia } = aviso.data
        return referencia === undefined ? undefined : { eventoId, referencia }
      }),

    get listar() {
      return ultima && ultima.descripcion.puede.listar !== true ? undefined : listar
    },
  }
}

function leerTexto(cuerpo: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(cuerpo)
  } catch (error) {
    throw new FirmaInvalida('the notice is no text', { cause: error })
  }
}

function leerJson(texto: string): unknown {
  try {
    return JSON.parse(texto)
  } catch {
    return undefined
  }
}
