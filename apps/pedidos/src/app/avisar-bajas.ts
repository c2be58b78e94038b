import type { Task } from '@encargo/service-kit/obligations/obligation'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { Baja } from '../ports/peers.ts'
import type { Deps } from './deps.ts'

const everyMs = 5 * 60_000
/** Of a shop that is out of almost everything, the first thousands are enough to say so. */
const maxPaginas = 20
/** How many a mail names. */
const porCorreo = 100

/**
 * Owes the staff a mail about what is running out, each product once until there is enough of it again.
 * Nobody is asked while the staff wants none.
 */
export const avisarBajas = ({ store, reservas, catalogo, clock }: Deps): Task => ({
  tipo: 'avisar-bajas',
  peer: 'inventario',
  everyMs,
  async turn(parar) {
    const { ajustes } = await store.ajustes()
    if (ajustes.personal.length === 0 || ajustes.tipos['existencia-baja'] === false) return
    const call = backgroundCall()
    const bajas: Baja[] = []
    let cursor: string | undefined
    for (let pagina = 0; pagina < maxPaginas; pagina++) {
      if (parar()) return
      const hallada = await reservas.bajas(cursor, call)
      bajas.push(...hallada.bajas)
      cursor = hallada.siguiente
      if (cursor === undefined) break
    }
    const avisadas = new Set(await store.existenciasAvisadas())
    const nuevas = bajas.filter(({ productoId }) => !avisadas.has(productoId)).slice(0, porCorreo)
    const enBaja = new Set(bajas.map(({ productoId }) => productoId))
    // Where not all are known, nothing is known of the others.
    const repuestas = cursor === undefined ? [...avisadas].filter((id) => !enBaja.has(id)) : []
    if (nuevas.length === 0 && repuestas.length === 0) return
    const articulos = await catalogo.buscar(
      nuevas.map(({ productoId }) => productoId),
      call,
    )
    const escasas = nuevas.map(({ productoId, disponible: quedan }) => {
      return { productoId, nombre: articulos.get(productoId)?.nombre ?? productoId, quedan }
    })
    await store.avisarBajas({ escasas, repuestas, ahora: clock.epochMs() })
  },
})
