import { ProveedorRechaza } from '../../../apps/pagos/src/ports/proveedor.ts'
import type { Caso } from '../banco.ts'
import {
  abierto,
  cierto,
  enEstado,
  llamada,
  nuevo,
  pagado,
  preguntado,
  rechaza,
} from '../comprobar.ts'

/** What it can say exactly comes back exactly; what it can't say it refuses. */
const caso = (nombre: string, moneda: string, importe: number): Caso => ({
  nombre,
  async run(banco) {
    const { proveedor } = banco
    const suyo = proveedor.importe(importe, moneda)
    cierto('the amount', suyo, suyo === null || Number(suyo) > 0, 'an amount, or null')
    if (suyo === null) {
      const cobro = nuevo(banco, { moneda, importe })
      await rechaza('an amount', proveedor.abrir(cobro, llamada()), ProveedorRechaza)
      return
    }
    const uno = await pagado(banco, { moneda, importe })
    enEstado(await preguntado(banco, uno), 'cobrado', { cobrado: importe })
  },
})

export const importes: readonly Caso[] = [
  caso('charges 12.34 USD, two decimals, exactly', 'USD', 12_34),
  caso('charges 15990 CLP, which has no decimals, exactly, or refuses to', 'CLP', 15_990),
  caso('charges 150000 PYG, which has no decimals, exactly, or refuses to', 'PYG', 150_000),
  caso('charges 12.340 KWD, which has three decimals, exactly, or refuses to', 'KWD', 12_340),
  caso('charges 12.345 KWD exactly, or refuses to instead of rounding', 'KWD', 12_345),
  caso('charges 0.1 and 0.2 without losing a cent', 'USD', 30_30),
  {
    nombre: 'refuses a charge of nothing',
    async run(banco) {
      const cobro = nuevo(banco, { importe: 0 })
      await rechaza('nothing', banco.proveedor.abrir(cobro, llamada()), ProveedorRechaza)
    },
  },
  {
    nombre: 'says of what is paid in another currency, or to somebody else, that it is',
    async run(banco) {
      const uno = await abierto(banco)
      const referencia = await banco.ajena(uno.cobro)
      const pregunta = banco.proveedor.consultar(referencia, llamada())
      const verdad = await pregunta.catch((error: unknown) => error)
      if (verdad instanceof ProveedorRechaza) return
      const dicho =
        typeof verdad === 'object' && verdad !== null && 'moneda' in verdad && 'cobroId' in verdad
      const otra = dicho && (verdad.moneda !== banco.moneda || verdad.cobroId !== uno.cobro.id)
      cierto('what it is', verdad, otra, 'another currency or charge, or that it is none')
      enEstado(await preguntado(banco, uno), 'abierto')
    },
  },
]
