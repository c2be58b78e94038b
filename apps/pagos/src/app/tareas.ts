import { atMost } from '@encargo/service-kit/async/at-most'
import type { Task } from '@encargo/service-kit/obligations/obligation'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { listado } from '../domain/plazo.ts'
import type { Proveedor } from '../ports/proveedor.ts'
import { alProveedor, type Deps } from './deps.ts'
import { enterarse } from './proveedor.ts'

/** How much one transaction may do, so that live requests are never held up. */
const lote = 100

/** Forgets keys whose time is over. */
export const limpiar = ({ store, clock }: Deps): Task => ({
  tipo: 'limpiar',
  async turn(parar) {
    while (!parar() && (await store.olvidarClaves(clock.epochMs(), lote)) === lote);
  },
})

/** How often it is looked whether it is time, in milliseconds. */
const mirarMs = 60_000
/** How many charges are asked for side by side. */
const aLaVez = 4

/**
 * Goes through all that a provider had since the last time, and asks for each: what no notice told of and
 * nobody asks for any more is found so, such as what a bank takes back.
 */
export const repasar = (deps: Deps, proveedor: Proveedor): Task => ({
  tipo: `repasar-${proveedor.id}`,
  peer: proveedor.id,
  everyMs: mirarMs,
  async turn(parar) {
    const { store, clock, logger } = deps
    const marca = `repasado-${proveedor.id}`
    const ahora = clock.epochMs()
    const hecho = await store.marca(marca)
    // At the first start there is nothing to go through.
    if (hecho === undefined) return await store.marcar(marca, String(ahora))
    if (!proveedor.listar || ahora - Number(hecho) < listado.cadaMs) return
    const desde = Number(hecho) - listado.solapeMs
    let cursor: string | undefined
    let cuantos = 0
    do {
      const pagina = await listar(proveedor, desde, cursor)
      await atMost(aLaVez, pagina.referencias, async (referencia) => {
        if (parar()) return
        const suyo = await enterarse(deps, proveedor, { referencia }, backgroundCall())
        if (suyo) cuantos++
      })
      if (parar()) return
      cursor = pagina.siguiente
    } while (cursor !== undefined)
    await store.marcar(marca, String(ahora))
    logger.info('a provider was gone through', { proveedor: proveedor.id, cobros: cuantos })
  },
})

const sinLista = { referencias: [], siguiente: undefined }

const listar = (proveedor: Proveedor, desde: number, cursor: string | undefined) =>
  alProveedor(
    proveedor,
    async () => (await proveedor.listar?.({ desde, cursor }, backgroundCall())) ?? sinLista,
  )
