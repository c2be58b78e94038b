import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { AuditReport } from '../audit/report.ts'
import { auditShop } from '../audit/shop.ts'
import type { Person } from './caller.ts'
import type { Ledger } from './ledger.ts'
import { unwritten } from './mails.ts'
import { pause } from './mischief.ts'
import { allMails, allOrders, somePending, someUnsent } from './opening.ts'
import type { System } from './system.ts'

const Ready = Type.Object({
  estado: Type.String(),
  pendiente: Type.Object({
    completar: Type.Integer(),
    cancelar: Type.Integer(),
    expirar: Type.Integer(),
    reservasPorLiberar: Type.Integer(),
    anuladosPorReponer: Type.Integer(),
  }),
})

/** What pedidos says is left to be done; null when it can't say. */
async function pendingOf({ origins }: System): Promise<Static<typeof Ready>['pendiente'] | null> {
  const signal = AbortSignal.timeout(4_000)
  const answer = await fetch(`${origins.pedidos}/readyz`, { signal }).catch(() => undefined)
  return answer?.ok ? Value.Parse(Ready, await answer.json()).pendiente : null
}

export interface Settled {
  /** How long it took, in milliseconds. */
  readonly ms: number
  /** Null when nothing waits any more; else what does. */
  readonly waits: string | null
  readonly audit: AuditReport
}

export interface Books {
  readonly staff: Person
  readonly ledger: Ledger
}

const pollMs = 250

/** What still waits, asked of the system itself first and of its files then. */
async function look(
  system: System,
  { staff, ledger }: Books,
): Promise<{ waits: string; audit?: AuditReport }> {
  const pending = await pendingOf(system)
  if (!pending) return { waits: 'pedidos is not ready' }
  if (Object.values(pending).some((count) => count > 0)) return { waits: JSON.stringify(pending) }
  if (await somePending(staff)) return { waits: 'an order is Pendiente' }
  if (await someUnsent(staff)) return { waits: 'a mail is to be sent' }
  const orders = await allOrders(staff)
  const [untold] = unwritten(ledger, orders, await allMails(staff, orders))
  if (untold !== undefined) return { waits: untold }
  const audit = await auditShop(system.place)
  return { waits: audit.waiting.map(({ reason }) => reason).join(', '), audit }
}

/** Waits until a healthy system has nothing left to do, at most `atMostMs`, and audits it. */
export async function settle(
  system: System,
  books: Books,
  { atMostMs, signal }: { atMostMs: number; signal: AbortSignal },
): Promise<Settled> {
  const began = performance.now()
  const ms = () => Math.round(performance.now() - began)
  for (;;) {
    const { waits, audit } = await look(system, books)
    if (waits === '' && audit) return { ms: ms(), waits: null, audit }
    if (ms() > atMostMs || signal.aborted) {
      return { ms: ms(), waits, audit: audit ?? (await auditShop(system.place)) }
    }
    await pause(pollMs, signal)
  }
}
