import type { Banco, Caso } from '../banco.ts'
import {
  type Abierto,
  abierto,
  enEstado,
  igual,
  llamada,
  pagado,
  preguntado,
  type Vista,
} from '../comprobar.ts'

/** Where no bank takes anything back, nothing is said of it. */
async function sinDisputas(banco: Banco, uno: Abierto): Promise<void> {
  const visto = await preguntado(banco, uno)
  enEstado(visto, 'cobrado', { cobrado: uno.cobro.importe })
  igual('its dispute', visto.disputa, undefined)
}

type Hecho = Vista['movimientos'][number]
const esElMismo = (uno: Hecho, otro: Hecho) =>
  uno.tipo === otro.tipo && uno.referencia === otro.referencia && uno.importe === otro.importe

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
  {
    nombre: 'never takes back what it told, whatever happens next',
    async run(banco) {
      const uno = await abierto(banco)
      const { referencia, cobro } = uno
      const { hace, proveedor } = banco
      const importe = proveedor.puede.reembolsarParte ? 300 : cobro.importe
      const peticion = { referencia, importe, moneda: cobro.moneda, clave: Bun.randomUUIDv7() }
      const pasos: readonly (() => unknown)[] = [
        ...(hace.rechazos ? [() => banco.rechazar(referencia)] : []),
        () => banco.pagar(referencia),
        () => proveedor.reembolsar(peticion, llamada()),
        () => banco.cumplirReembolsos(referencia),
        ...(hace.reembolsosFallidos ? [() => banco.fallarReembolso(referencia)] : []),
        ...(hace.disputas && hace.reembolsosFallidos
          ? [() => banco.disputar(referencia), () => banco.fallarDisputa(referencia, 'ganada')]
          : []),
      ]
      let antes: Vista['movimientos'] = []
      for (const paso of pasos) {
        await paso()
        const { movimientos } = await preguntado(banco, uno)
        const falta = antes.filter((viejo) => !movimientos.some((visto) => esElMismo(viejo, visto)))
        igual('what it told before and tells no more', falta, [])
        antes = movimientos
      }
    },
  },
]
