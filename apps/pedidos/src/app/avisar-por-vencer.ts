import type { Deps } from './deps.ts'
import type { Tarea } from './obligaciones/obligacion.ts'

const lote = 200
const cadaMs = 60_000

/** Owes a mail to those whose orders are about to run out, a page of orders after the other. */
export const avisarPorVencer = ({ store, clock }: Deps): Tarea => ({
  tipo: 'avisar-por-vencer',
  cadaMs,
  async turno(parar) {
    for (let desde = { expiraEn: 0, numero: 0 }; !parar();) {
      const sigue = await store.avisarPorVencer({ desde, ahora: clock.epochMs(), limite: lote })
      if (!sigue) return
      desde = sigue
    }
  },
})
