import { FirmaInvalida } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { AvisoEnviado, Banco, Caso } from '../banco.ts'
import {
  type Abierto,
  abierto,
  CasoFallido,
  cierto,
  enEstado,
  igual,
  llamada,
  pagado,
  preguntado,
  rechaza,
  vista,
} from '../comprobar.ts'

const leer = ({ proveedor }: Banco, { headers, cuerpo, url }: AvisoEnviado) =>
  proveedor.leerAviso(headers, cuerpo, url)

const inventado: AvisoEnviado = {
  headers: new Headers({ 'content-type': 'application/json' }),
  cuerpo: Buffer.from('{"id":"evt_1","type":"pago"}'),
  url: new URL('https://tienda.example/avisos/x?data.id=1&type=payment'),
}

type Prueba = (banco: Banco, aviso: AvisoEnviado, uno: Abierto) => Promise<void>

/** Who sends no notices believes none. */
const caso = (nombre: string, prueba: Prueba): Caso => ({
  nombre,
  async run(banco) {
    if (!banco.hace.avisos) {
      await rechaza('a notice', leer(banco, inventado), FirmaInvalida)
      return
    }
    const uno = await pagado(banco)
    const aviso = (await banco.avisos(uno.referencia)).at(-1)
    if (aviso === undefined) throw new CasoFallido('its notices', 'one that it was paid', [])
    await prueba(banco, aviso, uno)
  },
})

const falso = (
  nombre: string,
  hecho: (banco: Banco, aviso: AvisoEnviado) => AvisoEnviado | Promise<AvisoEnviado>,
): Caso =>
  caso(nombre, async (banco, aviso) => {
    await rechaza('the notice', leer(banco, await hecho(banco, aviso)), FirmaInvalida)
  })

const con = (headers: Headers, nombre: string, valor: string) => {
  const otros = new Headers(headers)
  otros.set(nombre, valor)
  return otros
}

const minutos = (cuantos: number) => cuantos * 60_000
const mega = Buffer.alloc(1_048_576, '{')

export const avisos: readonly Caso[] = [
  caso(
    'names in its notice what is to be asked for, and the answer is of the charge',
    async (banco, aviso, uno) => {
      const leido = await leer(banco, aviso)
      cierto('the notice', leido, Boolean(leido?.eventoId && leido.referencia), 'two names')
      const visto = vista(await banco.proveedor.consultar(leido?.referencia ?? '', llamada()))
      enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
      const nuestro = [uno.referencia, uno.cobro.id].includes(leido?.referencia ?? '')
      cierto('its charge', visto.cobroId, nuestro || visto.cobroId === uno.cobro.id, uno.cobro.id)
    },
  ),
  caso('gives a repeated notice the same name', async (banco, aviso) => {
    const repetido = { ...aviso, headers: new Headers(aviso.headers) }
    igual('the second', await leer(banco, repetido), await leer(banco, aviso))
  }),
  caso('gives two notices two names', async (banco, aviso) => {
    const otro = (await banco.avisos((await pagado(banco)).referencia)).at(-1) ?? inventado
    const nombres = [await leer(banco, aviso), await leer(banco, otro)].map((uno) => uno?.eventoId)
    cierto('their names', nombres, nombres[0] !== nombres[1], 'two')
  }),
  {
    nombre: 'tells the same truth in whichever order its notices come',
    async run(banco) {
      const uno = await abierto(banco)
      if (banco.hace.rechazos) await banco.rechazar(uno.referencia)
      await banco.pagar(uno.referencia)
      const avisos = banco.hace.avisos ? await banco.avisos(uno.referencia) : []
      const entero = await preguntado(banco, uno)
      for (const aviso of avisos.toReversed()) {
        const leido = await leer(banco, aviso)
        if (leido === undefined) continue
        igual(
          'the answer',
          vista(await banco.proveedor.consultar(leido.referencia, llamada())),
          entero,
        )
      }
      enEstado(entero, 'cobrado', { cobrado: uno.cobro.importe })
    },
  },
  {
    nombre: 'tells of money that a bank takes back',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.hace.avisos || !banco.hace.disputas) {
        await rechaza('a notice', leer(banco, inventado), FirmaInvalida)
        return
      }
      const antes = (await banco.avisos(uno.referencia)).length
      await banco.disputar(uno.referencia)
      const leidos = await Promise.all(
        (await banco.avisos(uno.referencia)).slice(antes).map((aviso) => leer(banco, aviso)),
      )
      const leido = leidos.find((uno) => uno !== undefined)
      if (leido === undefined) throw new CasoFallido('its notices', 'one of the dispute', leidos)
      const visto = vista(await banco.proveedor.consultar(leido.referencia, llamada()))
      igual('the dispute', visto.disputa, 'abierta')
    },
  },
  falso('does not believe a notice without a signature', (_banco, aviso) => ({
    ...aviso,
    headers: new Headers({ 'content-type': 'application/json' }),
  })),
  falso('does not believe a notice that was changed', (banco, aviso) => banco.alterar(aviso)),
  falso('does not believe a notice that a stranger signed', (banco, aviso) =>
    banco.firmar(aviso, { por: ['ajena'], en: banco.ahora() }),
  ),
  falso('does not believe a notice that was recorded and is played again', (banco, aviso) =>
    banco.firmar(aviso, { por: ['actual'], en: banco.ahora() - minutos(10) }),
  ),
  falso(
    'does not believe a notice whose signature is nonsense',
    (_banco, { headers, ...aviso }) => {
      let otros = headers
      for (const nombre of headers.keys()) {
        if (/signature|firma/.test(nombre)) otros = con(otros, nombre, 't=,v1=;,=ts,,v1,\u00ff')
      }
      return { ...aviso, headers: otros }
    },
  ),
  falso('does not believe a huge notice that nobody signed', (_banco, { url }) => ({
    url,
    headers: new Headers({ 'content-type': 'application/json' }),
    cuerpo: mega,
  })),
  caso(
    'reads of a notice that was cut off nothing else than of the whole',
    async (banco, aviso) => {
      const cortado = { ...aviso, cuerpo: aviso.cuerpo.slice(0, aviso.cuerpo.length / 2) }
      const visto = await leer(banco, cortado).catch((error: unknown) => error)
      if (visto instanceof FirmaInvalida) return
      igual('what it says', visto, await leer(banco, aviso))
    },
  ),
  caso('believes a notice that is a minute old', async (banco, aviso) => {
    const otro = await banco.firmar(aviso, { por: ['actual'], en: banco.ahora() - minutos(1) })
    igual('what it says', await leer(banco, otro), await leer(banco, aviso))
  }),
  caso(
    'believes a notice under the key before, while that is being replaced',
    async (banco, aviso) => {
      const otro = await banco.firmar(aviso, { por: ['anterior'], en: banco.ahora() })
      igual('what it says', await leer(banco, otro), await leer(banco, aviso))
    },
  ),
  caso(
    'believes a notice that has several signatures, of which one is right',
    async (banco, aviso) => {
      const por = ['ajena', 'actual'] as const
      const otro = await banco.firmar(aviso, { por, en: banco.ahora() })
      igual('what it says', await leer(banco, otro), await leer(banco, aviso))
    },
  ),
  caso('has no interest in what it is told of other things', async (banco) => {
    igual('the notice', await leer(banco, await banco.avisoSinInteres()), undefined)
  }),
  caso('has no interest in nonsense, be it ever so well signed', async (banco, aviso) => {
    for (const cuerpo of ['hola', 'null', '[]', '{"id":7}', '\u0000'].map((uno) =>
      Buffer.from(uno),
    )) {
      const vacio = { ...aviso, cuerpo, url: new URL(aviso.url.pathname, aviso.url) }
      const otro = await banco.firmar(vacio, { por: ['actual'], en: banco.ahora() })
      const visto = await leer(banco, otro).catch((error: unknown) => error)
      const bien = visto === undefined || visto instanceof FirmaInvalida
      cierto('what it says', visto, bien, 'nothing, or that it is not to be believed')
    }
  }),
]
