import { ask, type Answer } from './ask.ts'
import type { PedidosClient } from './contract.ts'
import type { CompraProblem, Invitado, InvitadoProblem, NuevoPedido, Pedido } from './derived.ts'
import type { Environment, KeyStorage } from './environment.ts'
import type { GuestPasses } from './guest.ts'
import { type AnyProblem, isRetryable, type Problem } from './problems.ts'
import { canonical, Remembered } from './remembered.ts'

export type CompraAnswer = Answer<Pedido, CompraProblem | InvitadoProblem>

export interface CompraOptions {
  /**
   * Names the attempt among several of one page, such as a basket and a quick purchase. In one
   * storage, the same name with the same contents is the same attempt.
   */
  readonly nombre?: string
  /**
   * Who buys without an account. Where their token runs out while it is open what came of the attempt, that
   * is answered as `no-autenticado`, and nothing is tried again: the next `enviar` would be another order.
   */
  readonly invitado?: Invitado
}

/** One attempt to buy: however often it is sent, and whatever fails in between, it buys once. */
export interface Compra {
  /** The `Idempotency-Key` that the next `enviar` sends. */
  readonly clave: string
  /**
   * Sends it, or waits for the sending that is under way. After a failure whose outcome is not
   * known (no connection, an overloaded service, nobody logged in) the next `enviar` continues the
   * same attempt. After a refusal that stands (no stock, a changed price) it begins a new one.
   */
  enviar(options?: { readonly signal?: AbortSignal }): Promise<CompraAnswer>
}

export interface PurchaseDeps extends Pick<Environment, 'newKey'> {
  readonly pedidos: PedidosClient
  readonly passes: GuestPasses
  readonly storage: KeyStorage
}

/** Whether the services have nothing on record for this attempt, or it may still be under way. */
function continues(problem: AnyProblem): boolean {
  if (isRetryable(problem) || problem.status >= 500) return true
  const { codigo } = problem
  return codigo === 'cancelada' || codigo === 'no-autenticado' || codigo === 'desconocido'
}

const outOfToken = (answer: CompraAnswer) =>
  !answer.ok && answer.problem.codigo === 'no-autenticado'

/** Begins, or after a reload continues, an attempt to buy `pedido`. */
export function createCompra(
  { pedidos, passes, storage, newKey }: PurchaseDeps,
  pedido: NuevoPedido,
  { nombre = 'compra', invitado }: CompraOptions = {},
): Compra {
  const memory = new Remembered(storage, `encargo:compra:${nombre}`)
  // What is sent is what was handed in at this moment, whatever the caller does with it later.
  const body = structuredClone(pedido)
  const contents = canonical(invitado ? { body, invitado } : body)
  const begun = memory.read()
  const same = begun['contents'] === contents
  let clave = (same ? begun['clave'] : undefined) ?? newKey()
  /** The guest's, with which it was sent before. */
  let sentWith = same ? begun['token'] : undefined
  let sending: Promise<CompraAnswer> | undefined
  const remember = () =>
    memory.write({ clave, contents, ...(sentWith === undefined ? {} : { token: sentWith }) })
  remember()

  /** Only its own attempt: another tab may have begun the next one. */
  function forget(): void {
    if (memory.read()['clave'] === clave) memory.forget()
  }

  function beginAnew(): void {
    forget()
    clave = newKey()
    sentWith = undefined
  }

  async function post(token: string | undefined, signal: AbortSignal | undefined) {
    sentWith = token
    remember()
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
    return await ask(
      pedidos.pedidos.post(body, {
        headers: { 'idempotency-key': clave, ...bearer },
        ...(signal ? { fetch: { signal } } : {}),
      }),
    )
  }

  async function postAs(who: Invitado, signal: AbortSignal | undefined): Promise<CompraAnswer> {
    const before = sentWith
    for (let again = before === undefined; ; again = false) {
      const pass = before === undefined ? await passes.of(who) : undefined
      if (pass && !pass.ok) return pass
      const answer = await post(pass?.data ?? before, signal)
      if (!outOfToken(answer)) return answer
      passes.forget()
      sentWith = undefined
      if (!again) return answer
    }
  }

  async function send(signal: AbortSignal | undefined): Promise<CompraAnswer> {
    const answer = await (invitado ? postAs(invitado, signal) : post(undefined, signal))
    if (answer.ok) forget()
    else if (!continues(asAny(answer.problem))) beginAnew()
    // To another guest, the services would give another order for the same key.
    else if (invitado && outOfToken(answer)) beginAnew()
    return answer
  }

  return {
    get clave() {
      return clave
    },
    enviar({ signal } = {}) {
      sending ??= send(signal).finally(() => {
        sending = undefined
      })
      return sending
    },
  }
}

const asAny = (problem: Problem<CompraProblem | InvitadoProblem>): AnyProblem => problem
