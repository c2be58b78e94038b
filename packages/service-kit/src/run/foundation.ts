import type { Static, TObject } from '@sinclair/typebox'
import type { Check } from '../http/plugins/operations.ts'
import { TokenVerifier, type VerifierOptions } from '../identity/tokens.ts'
import type { PeerLink } from '../peer/peer-link.ts'
import { watchPeers } from '../peer/peer-watch.ts'
import type { commonSettings } from './config.ts'
import type { Outside } from './outside.ts'
import { believedClock } from './wall-clock.ts'

/** Notes what is to be done when a service is closed; what is noted last is done first. */
export type OnClose = (work: () => unknown) => void

/** Puts together what must be closed again; what `build` throws leaves nothing open of what it noted. */
export async function opening<T>(
  build: (onClose: OnClose) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
  const closers: (() => unknown)[] = []
  const close = async () => {
    for (const one of closers.splice(0).toReversed()) await one()
  }
  try {
    return { ...(await build((work) => closers.push(work))), close }
  } catch (error) {
    await close()
    throw error
  }
}

export interface FoundationOptions {
  readonly config: Pick<
    Static<TObject<typeof commonSettings>>,
    'CLOCK_MAX_AHEAD_DAYS' | 'CORS_ORIGINS' | 'RATE_LIMIT'
  >
  readonly outside: Outside
  /** How its database is. */
  readonly storage: { readonly health: () => Check }
  /** The newest moment on record, where those tell how late it is, in milliseconds since the epoch. */
  readonly newest?: number | undefined
  /** Where the keys come from by which tokens are verified. */
  readonly keys: Omit<VerifierOptions, 'now'>
  readonly peers?: readonly PeerLink[]
  /** The currency of this service's own amounts, if it keeps any that must be its peers' too. */
  readonly moneda?: string
  readonly onClose: OnClose
}

/** What every service stands on: the clock it goes by, what `service()` takes, and a look at its peers. */
export function foundation(options: FoundationOptions) {
  const { config, outside, storage, newest, keys, peers = [], moneda, onClose } = options
  const { clock, healthy, stop } = believedClock(outside, newest, config)
  onClose(stop)
  return {
    clock,
    common: {
      logger: outside.logger,
      verifier: new TokenVerifier({ ...keys, now: outside.clock.epochMs }),
      health: { storage: healthy(() => storage.health()), stopping: outside.stopping },
      peers,
      moneda,
      corsOrigins: config.CORS_ORIGINS,
      rateLimit: config.RATE_LIMIT,
    },
    /** Begins to look at the peers; to be called once the service can be reached. */
    start() {
      const watch = watchPeers({ peers, moneda, timer: outside.timer })
      // A peer that does not answer holds nobody up.
      onClose(() => void watch.stop())
    },
  }
}
