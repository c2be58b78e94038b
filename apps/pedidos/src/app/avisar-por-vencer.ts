import type { Task } from '@encargo/service-kit/obligations/obligation'
import type { Deps } from './deps.ts'

const lote = 200
const everyMs = 60_000

/** Owes a mail to those whose orders are about to run out, a page of orders after the other. */
export const avisarPorVencer = ({ store, clock }: Deps): Task => ({
  tipo: 'avisar-por-vencer',
  everyMs,
  async turn(parar) {
    for (let desde = { expiraEn: 0, numero: 0 }; !parar();) {
      const sigue = await store.avisarPorVencer({ desde, ahora: clock.epochMs(), limite: lote })
      if (!sigue) return
      desde = sigue
    }
  },
})
