import type { Banco, Caso } from '../banco.ts'
import { type Abierto, enEstado, igual, pagado, preguntado, type Vista } from '../comprobar.ts'

/** Where no bank takes anything back, nothing is said of it. */
async function sinDisputas(banco: Banco, uno: Abierto): Promise<void> {
  const visto = await preguntado(banco, uno)
  enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
  igual('its dispute', visto.disputa, undefined)
}

const disputada = (nombre: string, visto: Vista, { cobro }: Abierto, quedan: boolean) => {
  igual('its dispute', visto.disputa, nombre)
  const disputado = quedan ? cobro.importe : 0
  enEstado(visto, 'cobrado', { cobrado: cobro.importe, disputado })
}

export const disputas: readonly Caso[] = [
  {
    nombre: 'tells of a dispute, with the money that it took',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.hace.disputas) return sinDisputas(banco, uno)
      await banco.disputar(uno.referencia)
      disputada('abierta', await preguntado(banco, uno), uno, true)
    },
  },
  {
    nombre: 'tells of a dispute that was won, with the money back',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.hace.disputas) return sinDisputas(banco, uno)
      await banco.disputar(uno.referencia)
      await banco.fallarDisputa(uno.referencia, 'ganada')
      const visto = await preguntado(banco, uno)
      disputada('ganada', visto, uno, false)
      const tipos = visto.movimientos.map(({ tipo }) => tipo).toSorted()
      igual('what happened', tipos, ['captura', 'contracargo', 'contracargo-revertido'])
    },
  },
  {
    nombre: 'tells of a dispute that was lost',
    async run(banco) {
      const uno = await pagado(banco)
      if (!banco.hace.disputas) return sinDisputas(banco, uno)
      await banco.disputar(uno.referencia)
      await banco.fallarDisputa(uno.referencia, 'perdida')
      disputada('perdida', await preguntado(banco, uno), uno, true)
    },
  },
]
