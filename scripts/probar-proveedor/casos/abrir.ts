import { ProveedorRechaza } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { Caso } from '../banco.ts'
import {
  abierto,
  cierto,
  enEstado,
  igual,
  llamada,
  nuevo,
  preguntado,
  rechaza,
} from '../comprobar.ts'

const pagina = /^https?:\/\/[^\s]+$/

export const abrir: readonly Caso[] = [
  {
    nombre: 'opens a session that ends no later than it was asked to',
    async run(banco) {
      const cobro = nuevo(banco)
      const sesion = await banco.proveedor.abrir(cobro, llamada())
      cierto('its name', sesion.referencia, sesion.referencia !== '', 'one')
      const { expiraEn = cobro.expiraEn } = sesion
      cierto('its end', expiraEn, expiraEn <= cobro.expiraEn, `at most ${cobro.expiraEn}`)
      cierto('its end', expiraEn, expiraEn > banco.ahora(), 'in the future')
    },
  },
  {
    nombre: 'sends the shopper to a page of its own, or to none',
    async run(banco) {
      const { url } = await banco.proveedor.abrir(nuevo(banco), llamada())
      if (!banco.proveedor.puede.redirigir) return igual('the page', url, undefined)
      cierto('the page', url, url !== undefined && pagina.test(url), 'an address on the web')
    },
  },
  {
    nombre: 'opens one session when it is asked twice with the same key',
    async run(banco) {
      const cobro = nuevo(banco)
      const una = await banco.proveedor.abrir(cobro, llamada())
      igual('the second answer', await banco.proveedor.abrir(cobro, llamada()), una)
      igual('its sessions', await banco.sesiones(cobro.id), 1)
    },
  },
  {
    nombre: 'opens one session when it is asked twice at once',
    async run(banco) {
      const cobro = nuevo(banco)
      const dos = [cobro, cobro].map((uno) => banco.proveedor.abrir(uno, llamada()))
      const vistas = await Promise.allSettled(dos)
      cierto(
        'the answers',
        vistas,
        vistas.some(({ status }) => status === 'fulfilled'),
        'one at least',
      )
      await banco.proveedor.abrir(cobro, llamada())
      igual('its sessions', await banco.sesiones(cobro.id), 1)
    },
  },
  {
    nombre: 'says of a session that was just opened that nothing happened yet',
    async run(banco) {
      const visto = await preguntado(banco, await abierto(banco))
      enEstado(visto, 'abierto')
      igual('its refunds', visto.reembolsos, [])
      igual('its dispute', visto.disputa, undefined)
    },
  },
  {
    nombre: 'keeps two charges of one order apart',
    async run(banco) {
      const una = await abierto(banco)
      const otra = await abierto(banco, { pedidoId: una.cobro.pedidoId, numero: una.cobro.numero })
      cierto('their names', otra.referencia, una.referencia !== otra.referencia, 'two')
      await banco.pagar(otra.referencia)
      enEstado(await preguntado(banco, una), 'abierto')
      enEstado(await preguntado(banco, otra), 'cobrado', { cobrado: otra.cobro.importe })
    },
  },
  {
    nombre: 'opens without an address to return to, without an e-mail and in English',
    async run(banco) {
      const uno = await abierto(banco, { volverA: undefined, email: undefined, idioma: 'en' })
      enEstado(await preguntado(banco, uno), 'abierto')
    },
  },
  {
    nombre: 'refuses what is no charge of its own, and does not say that it is away',
    async run(banco) {
      const nadie = `nadie-${Bun.randomUUIDv7()}`
      const { proveedor } = banco
      await rechaza('asking', proveedor.consultar(nadie, llamada()), ProveedorRechaza)
      await rechaza('closing', proveedor.cerrar(nadie, llamada()), ProveedorRechaza)
      const peticion = { referencia: nadie, importe: 100, moneda: banco.moneda, clave: nadie }
      await rechaza('refunding', proveedor.reembolsar(peticion, llamada()), ProveedorRechaza)
    },
  },
  {
    nombre: 'tells in which span a session may end',
    run({ proveedor: { plazo } }) {
      const bien = plazo.minimo > 0 && plazo.minimo <= plazo.maximo && plazo.maximo <= 30 * 86_400
      cierto('the span', plazo, bien, 'seconds, the least first, at most 30 days')
      return Promise.resolve()
    },
  },
]
