import { ProveedorRechaza } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { Banco, Caso } from '../banco.ts'
import {
  type Abierto,
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

const soloAutorizar = true

/** Who can't hold money refuses to, before anybody pays. */
async function rechazaAutorizar(banco: Banco): Promise<void> {
  const cobro = nuevo(banco, { soloAutorizar })
  await rechaza('holding money', banco.proveedor.abrir(cobro, llamada()), ProveedorRechaza)
  igual('its sessions', await banco.sesiones(cobro.id), 0)
  const uno = await abierto(banco)
  await rechaza('taking it', captura(banco, uno, uno.cobro.importe), ProveedorRechaza)
}

const captura = (
  { proveedor }: Banco,
  { cobro, referencia }: Abierto,
  importe: number,
  clave: string = Bun.randomUUIDv7(),
) => proveedor.capturar({ referencia, importe, moneda: cobro.moneda, clave }, llamada())

const caso = (nombre: string, run: (banco: Banco, uno: Abierto) => Promise<void>): Caso => ({
  nombre: `${nombre}, or refuses to hold any`,
  async run(banco) {
    if (!banco.proveedor.puede.autorizar) return rechazaAutorizar(banco)
    await run(banco, await pagado(banco, { soloAutorizar }))
  },
})

export const autorizar: readonly Caso[] = [
  caso('holds money that is to be taken later', async (banco, uno) => {
    enEstado(await preguntado(banco, uno), 'autorizado', { autorizado: uno.cobro.importe })
  }),
  caso('takes money that it held', async (banco, uno) => {
    const { importe } = uno.cobro
    const sumas = { autorizado: importe, cobrado: importe }
    // Under the key that its charge has: an act's key is of that kind of act.
    enEstado(vista(await captura(banco, uno, importe, uno.cobro.id)), 'cobrado', sumas)
    enEstado(await preguntado(banco, uno), 'cobrado', sumas)
  }),
  caso('takes a part of what it held and lets go of the rest', async (banco, uno) => {
    await captura(banco, uno, 500)
    const visto = await preguntado(banco, uno)
    enEstado(visto, 'cobrado', { autorizado: 500, cobrado: 500 })
    igual('its refunds', visto.reembolsos, [])
  }),
  caso('takes once what it is asked to take twice', async (banco, uno) => {
    const clave = Bun.randomUUIDv7()
    await captura(banco, uno, 700, clave)
    enEstado(vista(await captura(banco, uno, 700, clave)), 'cobrado', {
      autorizado: 700,
      cobrado: 700,
    })
  }),
  caso('takes no more than it held', async (banco, uno) => {
    await rechaza('too much', captura(banco, uno, uno.cobro.importe + 1), ProveedorRechaza)
    enEstado(await preguntado(banco, uno), 'autorizado', { autorizado: uno.cobro.importe })
  }),
  caso('lets go of what it held when it is closed', async (banco, uno) => {
    enEstado(vista(await banco.proveedor.cerrar(uno.referencia, llamada())), 'cerrado')
    const visto = await preguntado(banco, uno)
    enEstado(visto, 'cerrado')
    const tipos = visto.movimientos.map(({ tipo }) => tipo).toSorted()
    igual('what happened', tipos, ['anulacion', 'autorizacion'])
    igual('its refunds', visto.reembolsos, [])
  }),
  caso('gives back of what it took of it', async (banco, uno) => {
    await captura(banco, uno, 700)
    const { referencia, cobro } = uno
    const peticion = { referencia, importe: 700, moneda: cobro.moneda, clave: Bun.randomUUIDv7() }
    await banco.proveedor.reembolsar(peticion, llamada())
    await banco.cumplirReembolsos(referencia)
    const { sumas } = await preguntado(banco, uno)
    cierto('the sums', sumas, sumas.cobrado === 700 && sumas.reembolsado === 700, '700 and back')
  }),
]
