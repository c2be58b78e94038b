import type { Clock } from '@encargo/service-kit/async/clock'
import { guestLifeSeconds } from '@encargo/service-kit/identity/key-cache'
import type { KeyRing } from './key-ring.ts'
import type { SigningKey } from './signing-key.ts'

/** A new key is public this long before it signs, so that it is never unknown to a service. */
export const publishedAheadMs = 30_000
/** A key stays public this long after the next one signs: as long as a token may live. */
export const retiredAfterMs = guestLifeSeconds * 1000

export interface KeptKey {
  /** What its keeper knows it by. */
  readonly name: string
  readonly key: SigningKey
  /** Milliseconds since the epoch. */
  readonly signsFrom: number
}

/** Where an installation keeps its keys. */
export interface KeyKeeper {
  /** @throws StartError naming what can't be read */
  read(): Promise<readonly KeptKey[]>
  /** What there is, whether it can be read or not. */
  names(): Promise<readonly string[]>
  /** Makes one, for nobody else's eyes, that signs from then on. */
  add(signsFrom: number): Promise<KeptKey>
  remove(names: readonly string[]): Promise<void>
}

export const inOrder = (keys: readonly KeptKey[]) =>
  keys.toSorted((a, b) => a.signsFrom - b.signsFrom)

/** Those that are public now: not yet signing, signing, or signing until a little while ago. */
export function publicAt(keys: readonly KeptKey[], now: number): readonly KeptKey[] {
  return keys.filter((_, index) => {
    const next = keys[index + 1]
    return next === undefined || now < next.signsFrom + retiredAfterMs
  })
}

/** The latest key whose time has come; the first one if none has. */
function signingAt(keys: readonly KeptKey[], now: number): KeptKey | undefined {
  return keys.findLast((key) => key.signsFrom <= now) ?? keys[0]
}

/** The ring of whatever keys there are by now, the one that signs longest ago first. */
export function ringOf(
  current: () => Promise<readonly KeptKey[]>,
  clock: Pick<Clock, 'epochMs'>,
): KeyRing {
  return {
    async signing() {
      const chosen = signingAt(await current(), clock.epochMs())
      if (!chosen) throw new Error('there is no signing key')
      return chosen.key
    },
    async publicKeys() {
      return publicAt(await current(), clock.epochMs()).map(({ key }) => key.jwk)
    },
  }
}
