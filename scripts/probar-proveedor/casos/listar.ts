import type { Banco, Caso } from '../banco.ts'
import { abierto, cierto, igual, llamada, pagado } from '../comprobar.ts'

/** The charges of all that it lists, asked for one by one. */
async function listados(banco: Banco, desde: number): Promise<(string | undefined)[] | undefined> {
  const { proveedor } = banco
  if (proveedor.listar === undefined) return undefined
  const referencias: string[] = []
  let cursor: string | undefined
  for (let pagina = 0; pagina < 100; pagina++) {
    const una = await proveedor.listar({ desde, cursor }, llamada())
    referencias.push(...una.referencias)
    cursor = una.siguiente
    if (cursor === undefined) break
  }
  igual('where the list goes on', cursor, undefined)
  const cobros: (string | undefined)[] = []
  for (const referencia of new Set(referencias)) {
    cobros.push((await proveedor.consultar(referencia, llamada())).cobroId ?? referencia)
  }
  return cobros
}

export const listar: readonly Caso[] = [
  {
    nombre: 'lists what was paid, or keeps no list',
    async run(banco) {
      const desde = banco.ahora() - 60_000
      const pagados = [await pagado(banco), await pagado(banco), await pagado(banco)]
      await abierto(banco)
      const visto = await listados(banco, desde)
      if (visto === undefined) return
      const faltan = pagados.filter(
        ({ cobro, referencia }) => !visto.includes(cobro.id) && !visto.includes(referencia),
      )
      igual('what is missing', faltan, [])
    },
  },
  {
    nombre: 'lists nothing that is older than what is asked for',
    async run(banco) {
      const uno = await pagado(banco)
      const visto = await listados(banco, banco.ahora() + 3_600_000)
      if (visto === undefined) return
      const viejo = visto.includes(uno.cobro.id) || visto.includes(uno.referencia)
      cierto('what it lists', visto, !viejo, 'nothing')
    },
  },
]
