import { ProveedorRechaza } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { Verdad } from '../../../apps/pagos/src/domain/verdad.ts'
import type { Banco, Caso } from '../banco.ts'
import {
  type Abierto,
  abierto,
  enEstado,
  igual,
  llamada,
  pagado,
  preguntado,
  rechaza,
  vista,
} from '../comprobar.ts'

const pide = (
  banco: Banco,
  { cobro, referencia }: Abierto,
  importe: number,
  clave: string = Bun.randomUUIDv7(),
): Promise<Verdad> =>
  banco.proveedor.reembolsar({ referencia, importe, moneda: cobro.moneda, clave }, llamada())

async function devuelto(banco: Banco, uno: Abierto, importe: number, clave?: string) {
  await pide(banco, uno, importe, clave)
  await banco.cumplirReembolsos(uno.referencia)
}

const total = ({ cobro: { importe } }: Abierto) => ({ cobrado: importe })

export const devolver: readonly Caso[] = [
  {
    nombre: 'gives back a part, or refuses to',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.proveedor.puede.reembolsarParte) {
        await rechaza('a part', pide(banco, uno, 500), ProveedorRechaza)
        return enEstado(await preguntado(banco, uno), 'cobrado', total(uno))
      }
      await devuelto(banco, uno, 500)
      enEstado(await preguntado(banco, uno), 'cobrado', { ...total(uno), reembolsado: 500 })
    },
  },
  {
    nombre: 'gives back all of it',
    async run(banco) {
      const uno = await pagado(banco)
      // Under the key that its charge has: an act's key is of that kind of act.
      await devuelto(banco, uno, uno.cobro.importe, uno.cobro.id)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', { ...total(uno), reembolsado: uno.cobro.importe })
      igual(
        'its refunds',
        visto.reembolsos.map(({ estado }) => estado),
        ['hecho'],
      )
    },
  },
  {
    nombre: 'answers a refund with the truth after it, and names it there',
    async run(banco) {
      const uno = await pagado(banco)
      const clave = Bun.randomUUIDv7()
      const visto = vista(await pide(banco, uno, uno.cobro.importe, clave))
      igual('its refunds', visto.reembolsos.length, 1)
      const [reembolso] = visto.reembolsos
      igual('how much', reembolso?.importe, uno.cobro.importe)
      igual('our name for it', reembolso?.clave ?? clave, clave)
    },
  },
  {
    nombre: 'gives all of it back in two parts',
    async run(banco) {
      const uno = await pagado(banco)
      const { importe } = uno.cobro
      const partes = banco.proveedor.puede.reembolsarParte ? [500, importe - 500] : [importe]
      for (const parte of partes) await devuelto(banco, uno, parte)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', { ...total(uno), reembolsado: importe })
      igual('its refunds', visto.reembolsos.length, partes.length)
    },
  },
  {
    nombre: 'gives back once what is asked for twice with the same key',
    async run(banco) {
      const uno = await pagado(banco)
      const { importe } = uno.cobro
      const parte = banco.proveedor.puede.reembolsarParte ? 500 : importe
      const clave = Bun.randomUUIDv7()
      await pide(banco, uno, parte, clave)
      await devuelto(banco, uno, parte, clave)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', { ...total(uno), reembolsado: parte })
      igual('its refunds', visto.reembolsos.length, 1)
      await pide(banco, uno, parte, clave)
      igual('asked for once more', (await preguntado(banco, uno)).sumas, visto.sumas)
    },
  },
  {
    nombre: 'gives back twice what is asked for with two keys, however alike',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.proveedor.puede.reembolsarParte) return devuelto(banco, uno, uno.cobro.importe)
      await devuelto(banco, uno, 300)
      await devuelto(banco, uno, 300)
      enEstado(await preguntado(banco, uno), 'cobrado', { ...total(uno), reembolsado: 600 })
    },
  },
  {
    nombre: 'refuses to give back more than there is, and moves nothing',
    async run(banco) {
      const uno = await pagado(banco)
      await rechaza('too much', pide(banco, uno, uno.cobro.importe + 1), ProveedorRechaza)
      enEstado(await preguntado(banco, uno), 'cobrado', total(uno))
    },
  },
  {
    nombre: 'refuses to give back what was given back already',
    async run(banco) {
      const uno = await pagado(banco)
      await devuelto(banco, uno, uno.cobro.importe)
      await rechaza('once more', pide(banco, uno, uno.cobro.importe), ProveedorRechaza)
      const sumas = { ...total(uno), reembolsado: uno.cobro.importe }
      enEstado(await preguntado(banco, uno), 'cobrado', sumas)
    },
  },
  {
    nombre: 'refuses to give back what was never paid',
    async run(banco) {
      const uno = await abierto(banco)
      await rechaza('a refund', pide(banco, uno, uno.cobro.importe), ProveedorRechaza)
      enEstado(await preguntado(banco, uno), 'abierto')
    },
  },
  {
    nombre: 'tells of a refund that comes back, and its money counts again',
    async run(banco) {
      const uno = await pagado(banco)
      const clave = Bun.randomUUIDv7()
      await devuelto(banco, uno, uno.cobro.importe, clave)
      if (!banco.hace.reembolsosFallidos) {
        const [hecho] = (await preguntado(banco, uno)).reembolsos
        return igual('its state', hecho?.estado, 'hecho')
      }
      await banco.fallarReembolso(uno.referencia)
      const visto = await preguntado(banco, uno)
      enEstado(visto, 'cobrado', total(uno))
      igual(
        'its refunds',
        visto.reembolsos.map(({ estado }) => estado),
        ['fallido'],
      )
      const tipos = visto.movimientos.map(({ tipo }) => tipo)
      igual('that it came back', tipos.filter((tipo) => tipo === 'reembolso-revertido').length, 1)
    },
  },
]
