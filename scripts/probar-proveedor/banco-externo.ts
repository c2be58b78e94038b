import { machineClock } from '@encargo/service-kit/async/clock'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { shape } from '@encargo/service-kit/peer/peer'
import { Type } from '@sinclair/typebox'
import { firmar } from '../../apps/pagos/src/clients/externo/firmas.ts'
import type { Descripcion } from '../../apps/pagos/src/clients/externo/formas.ts'
import { createExterno } from '../../apps/pagos/src/clients/externo/proveedor.ts'
import { averiada } from './averias.ts'
import type { Averia, AvisoEnviado, Banco, Llave } from './banco.ts'
import { llamada } from './comprobar.ts'

/** Somebody's own program, where it is and what it is called with. */
export interface Lejano {
  readonly url: string
  readonly secreto: string
  readonly fetch: typeof fetch
}

/** What a program has to let us try on it, and what may be missing: then the cases do without. */
export const imprescindibles = ['pagar', 'vencer', 'sesiones'] as const
export const opcionales = {
  rechazos: ['rechazar'],
  vales: ['imprimirVale', 'pagarVale', 'vencerVale'],
  disputas: ['disputar', 'ganarDisputa', 'perderDisputa'],
  reembolsosFallidos: ['fallarReembolso'],
  avisos: ['avisos'],
} as const

/** A secret that nobody has. */
export const claveDePrueba = (letra: string) =>
  `whsec_${Buffer.alloc(32, letra).toString('base64')}`

const algo = shape(Type.Unknown())
const conSesiones = shape(Type.Object({ sesiones: Type.Integer() }))
const conReferencia = shape(Type.Object({ referencia: Type.String() }))
const conAvisos = shape(
  Type.Object({
    avisos: Type.Array(
      Type.Object({
        headers: Type.Record(Type.String(), Type.String()),
        cuerpo: Type.String(),
      }),
    ),
  }),
)

const url = new URL('https://tienda.example/avisos/externo')
const bytes = (texto: string) => new TextEncoder().encode(texto)
const texto = (cuerpo: Uint8Array) => new TextDecoder().decode(cuerpo)

/** A program that speaks the protocol, with its own hooks for a shopper, and trouble on the way to it. */
export async function abrirBancoExterno(lejano: Lejano): Promise<Banco> {
  const llaves: Readonly<Record<Llave, string>> = {
    actual: lejano.secreto,
    anterior: claveDePrueba('a'),
    ajena: claveDePrueba('x'),
  }
  const secretos = [llaves.actual, llaves.anterior]
  let averia: Averia | undefined
  const aTraves = async (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(String(input), init)
    const hacer = () => lejano.fetch(request)
    return averia === undefined ? await hacer() : await averiada(averia, request, hacer)
  }
  const mundo = { logger: silentLogger, clock: machineClock }
  const conAverias = Object.assign(aTraves, { preconnect: fetch.preconnect })
  const proveedor = createExterno({ url: lejano.url, secretos }, { ...mundo, fetch: conAverias })
  const manos = createExterno({ url: lejano.url, secretos }, { ...mundo, fetch: lejano.fetch })

  const { pruebas = [], monedas }: Descripcion = await proveedor.presentarse(llamada())
  const tiene = (nombres: readonly string[]) => nombres.every((uno) => pruebas.includes(uno))
  const pedir = <T>(nombre: string, data: object, forma: (visto: unknown) => visto is T) =>
    tiene([nombre])
      ? manos.pedir(`prueba.${nombre}`, data, forma, llamada())
      : Promise.reject(new Error(`the program has no prueba.${nombre}, which is needed here`))
  const acto = (nombre: string) => async (referencia: string) =>
    void (await pedir(nombre, { referencia }, algo))

  const firmado = (id: string, cuerpo: Uint8Array, por: readonly Llave[], en: number) =>
    new Headers({
      'content-type': 'application/json',
      ...firmar(
        por.map((llave) => llaves[llave]),
        { id, cuerpo: texto(cuerpo), ahora: en },
      ),
    })

  return {
    proveedor,
    hace: {
      red: true,
      avisos: tiene(opcionales.avisos),
      rechazos: tiene(opcionales.rechazos),
      vales: tiene(opcionales.vales),
      disputas: tiene(opcionales.disputas),
      reembolsosFallidos: tiene(opcionales.reembolsosFallidos),
    },
    ahora: Date.now,
    moneda: monedas?.includes('USD') === false ? (monedas[0] ?? 'USD') : 'USD',
    pagar: acto('pagar'),
    rechazar: acto('rechazar'),
    vencer: acto('vencer'),
    imprimirVale: acto('imprimirVale'),
    pagarVale: acto('pagarVale'),
    vencerVale: acto('vencerVale'),
    cumplirReembolsos: tiene(['cumplirReembolsos'])
      ? acto('cumplirReembolsos')
      : () => Promise.resolve(),
    fallarReembolso: acto('fallarReembolso'),
    disputar: acto('disputar'),
    fallarDisputa: (referencia, fallo) =>
      acto(fallo === 'ganada' ? 'ganarDisputa' : 'perderDisputa')(referencia),
    ajena: async (cobro) =>
      tiene(['ajena'])
        ? (await pedir('ajena', { cobroId: cobro.id, moneda: cobro.moneda }, conReferencia))
            .referencia
        : 'de-nadie',
    sesiones: async (cobroId) => (await pedir('sesiones', { cobroId }, conSesiones)).sesiones,
    estropear: (suya) => Promise.resolve(void (averia = suya)),
    sanar: () => Promise.resolve(void (averia = undefined)),
    avisos: async (referencia) =>
      (await pedir('avisos', { referencia }, conAvisos)).avisos.map(
        ({ headers, cuerpo }): AvisoEnviado => ({
          headers: new Headers(headers),
          cuerpo: bytes(cuerpo),
          url,
        }),
      ),
    avisoSinInteres: () => {
      const cuerpo = bytes('{"type":"otra.cosa","timestamp":"2026-01-01T00:00:00Z","data":{}}')
      const headers = firmado('msg_sin_interes', cuerpo, ['actual'], Date.now())
      return Promise.resolve({ headers, cuerpo, url })
    },
    alterar(aviso) {
      const otro = texto(aviso.cuerpo).replace(/"data".*/, '"data":{"referencia":"otra"}}')
      return { ...aviso, cuerpo: bytes(otro) }
    },
    firmar: ({ headers, cuerpo }, { por, en }) => {
      const id = headers.get('webhook-id') ?? 'msg_1'
      return Promise.resolve({ headers: firmado(id, cuerpo, por, en), cuerpo, url })
    },
    cerrar: () => Promise.resolve(),
  }
}
