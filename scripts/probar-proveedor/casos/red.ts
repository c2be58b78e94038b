import { ProveedorNoDisponible } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { Averia, Banco, Caso } from '../banco.ts'
import {
  abierto,
  cierto,
  enEstado,
  igual,
  llamada,
  nuevo,
  pagado,
  preguntado,
  rechaza,
  vista,
} from '../comprobar.ts'

/** As long as a silent provider is waited for in a case, in milliseconds. */
const pocoMs = 200

/** Whatever is asked of a provider in trouble, it can't be had; afterwards nothing was done twice. */
async function enApuros(banco: Banco, averia: Averia, ms?: number): Promise<void> {
  const { proveedor, hace } = banco
  const uno = await pagado(banco)
  const { referencia, cobro } = uno
  const porAbrir = nuevo(banco)
  await banco.estropear(averia)
  if (!hace.red) {
    await proveedor.abrir(porAbrir, llamada(ms))
    enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: cobro.importe })
    return
  }
  const clave = Bun.randomUUIDv7()
  const peticion = { referencia, importe: cobro.importe, moneda: cobro.moneda, clave }
  const preguntas = [
    ['opening', () => proveedor.abrir(porAbrir, llamada(ms))],
    ['asking', () => proveedor.consultar(referencia, llamada(ms))],
    ['closing', () => proveedor.cerrar(referencia, llamada(ms))],
    ['refunding', () => proveedor.reembolsar(peticion, llamada(ms))],
  ] as const
  await Promise.all(
    preguntas.map(([que, pregunta]) => rechaza(que, pregunta(), ProveedorNoDisponible)),
  )
  await banco.sanar()
  enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: cobro.importe })
  await proveedor.abrir(porAbrir, llamada())
  igual('its sessions', await banco.sesiones(porAbrir.id), 1)
}

const caso = (nombre: string, averia: Averia, ms?: number): Caso => ({
  nombre,
  run: (banco) => enApuros(banco, averia, ms),
})

export const red: readonly Caso[] = [
  {
    nombre: 'says when it wants to be asked again, as its API does when it is busy',
    async run(banco) {
      const uno = await abierto(banco)
      await banco.estropear('ocupado')
      if (!banco.hace.red) return enEstado(await preguntado(banco, uno), 'abierto')
      const pregunta = banco.proveedor.consultar(uno.referencia, llamada())
      const { retryAfterMs } = await rechaza('asking', pregunta, ProveedorNoDisponible)
      igual('when', retryAfterMs, 7000)
    },
  },
  caso('survives an API that has too much to do', 'ocupado'),
  caso('survives an API that fails', 'falla'),
  caso('survives an API that answers with a page', 'html'),
  caso('survives an API that sends it elsewhere, and does not go there', 'redirige'),
  caso('survives an API that answers nonsense', 'basura'),
  caso('survives an API that breaks off in the middle', 'trunca'),
  caso('survives an API whose answer does not end', 'enorme'),
  caso(
    'survives an API that does not let it in, and does not take that for a refusal',
    'sin-permiso',
  ),
  caso('survives an API that says nothing, and waits no longer than it may', 'calla', pocoMs),
  {
    nombre: 'opens one session when the answer to the first attempt was lost',
    async run(banco) {
      const cobro = nuevo(banco)
      await banco.estropear('calla-tras-efecto')
      const perdida = banco.proveedor.abrir(cobro, llamada(pocoMs))
      if (banco.hace.red) await rechaza('opening', perdida, ProveedorNoDisponible)
      await perdida.catch(() => undefined)
      await banco.sanar()
      const { referencia } = await banco.proveedor.abrir(cobro, llamada())
      igual('its sessions', await banco.sesiones(cobro.id), 1)
      await banco.pagar(referencia)
      enEstado(await preguntado(banco, { cobro, referencia }), 'cobrado', {
        cobrado: cobro.importe,
      })
    },
  },
  {
    nombre: 'gives back once when the answer to the first attempt was lost',
    async run(banco) {
      const uno = await pagado(banco)
      const { referencia, cobro } = uno
      const { importe, moneda } = cobro
      const peticion = { referencia, importe, moneda, clave: Bun.randomUUIDv7() }
      await banco.estropear('calla-tras-efecto')
      const perdida = banco.proveedor.reembolsar(peticion, llamada(pocoMs))
      if (banco.hace.red) await rechaza('refunding', perdida, ProveedorNoDisponible)
      await perdida.catch(() => undefined)
      await banco.sanar()
      await banco.proveedor.reembolsar(peticion, llamada())
      await banco.cumplirReembolsos(referencia)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', { cobrado: importe, reembolsado: importe })
      igual('its refunds', visto.reembolsos.length, 1)
    },
  },
  {
    nombre: 'closes a session though the answer to the first attempt was lost',
    async run(banco) {
      const uno = await abierto(banco)
      await banco.estropear('calla-tras-efecto')
      const perdida = banco.proveedor.cerrar(uno.referencia, llamada(pocoMs))
      if (banco.hace.red) await rechaza('closing', perdida, ProveedorNoDisponible)
      await perdida.catch(() => undefined)
      await banco.sanar()
      enEstado(vista(await banco.proveedor.cerrar(uno.referencia, llamada())), 'cerrado')
    },
  },
  {
    nombre: 'gives up at once when no time is left',
    async run(banco) {
      const uno = await abierto(banco)
      const desde = performance.now()
      const pregunta = banco.proveedor.consultar(uno.referencia, llamada(0))
      if (banco.hace.red) await rechaza('asking', pregunta, ProveedorNoDisponible)
      else await pregunta
      const duraMs = performance.now() - desde
      cierto('how long it took', duraMs, duraMs < 200, 'less than 200 ms')
    },
  },
]
