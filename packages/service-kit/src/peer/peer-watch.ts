import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { PeerLink } from './peer-link.ts'
import { type Loop, loop } from '../async/loop.ts'
import type { Timer } from '../async/timer.ts'

/** What `/livez` says of a service beyond that it lives. */
const Identity = Type.Object({ servicio: Type.String(), moneda: Type.Optional(Type.String()) })

/** The pause between two looks, in milliseconds: settings change when somebody restarts something. */
const everyMs = 30_000
/** While something is wrong, somebody may be at it, or it was a proxy that answered for a start. */
const whileWrongMs = 5_000

export interface PeerWatchOptions {
  readonly peers: readonly PeerLink[]
  /** The currency of this service's own amounts, if it keeps any. */
  readonly moneda?: string | undefined
  readonly timer: Timer
}

/** Which service says this of itself, or null for what no service of ours says. */
export const serviceOf = (body: unknown): string | null =>
  Value.Check(Identity, body) ? body.servicio : null

/** What is wrong with `origin` when `found` answers there, in the place of `name`. */
export function otherService(name: string, origin: string, found: string | null): string {
  const who = found ?? 'ningún servicio de Encargo'
  return `En ${origin} no está ${name}, sino ${who}: corrige ${name.toUpperCase()}_URL.`
}

async function identityOf({ origin, fetcher }: PeerLink) {
  const answer = await fetcher(`${origin}/livez`)
  const body: unknown = await answer.json().catch(() => null)
  if (answer.status >= 500) throw new Error(`${origin} answered ${answer.status}`)
  return Value.Check(Identity, body) ? body : null
}

/** A peer that is away is not a wrong one, so nothing is said of it here; its circuit does that. */
async function look(peer: PeerLink, own: string | undefined): Promise<void> {
  const { name, origin, fit } = peer
  const found = await identityOf(peer).catch(() => undefined)
  if (found === undefined) return
  if (found?.servicio !== name) {
    fit.refuse('servicio', otherService(name, origin, found && found.servicio))
    return
  }
  fit.settle('servicio')
  if (own === undefined || found.moneda === undefined) return
  if (found.moneda === own) fit.settle('moneda')
  else fit.refuse('moneda', otherCurrency(name, found.moneda, own))
}

/** What is wrong with a peer whose amounts are in `its` currency where this service's are in `own`. */
export const otherCurrency = (peer: string, its: string, own: string) =>
  `${peer} trabaja en ${its} y este servicio en ${own}: MONEDA tiene que ser la misma en los dos.`

/**
 * Asks each peer who it is, at once and then every half minute, sooner while it is wrong, so that an
 * address that leads to another service, or a peer with another currency, shows before the first call
 * that it spoils.
 */
export function watchPeers({ peers, moneda, timer }: PeerWatchOptions): Loop {
  const round = async () => {
    await Promise.all(peers.map((peer) => look(peer, moneda)))
    return peers.some(({ fit }) => fit.wrong.length > 0) ? whileWrongMs : everyMs
  }
  // Who does not answer is told apart from nobody, so no round fails.
  return loop({ timer, everyMs }, round, () => undefined)
}
