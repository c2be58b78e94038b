import type { Clock } from '@encargo/service-kit/async/clock'
import {
  type ClavesDeAuth,
  guestLifeSeconds,
  longestLifeSeconds,
  subjectDigest,
} from '@encargo/service-kit/identity/key-cache'
import type { AuditoriaStore } from '../ports/auditoria.ts'
import type { PublicKeys } from '../ports/seguridad.ts'

export interface ClavesDeps {
  readonly ring: PublicKeys
  /** The origin that others know this service by; what its tokens say as `iss`. */
  readonly issuer: string
  readonly auditoria: Pick<AuditoriaStore, 'cambiados'>
  readonly clock: Clock
}

/** What whoever checks tokens goes by, this service included. */
export function createClaves({ ring, issuer, auditoria, clock }: ClavesDeps) {
  return async () => {
    const now = clock.epochMs()
    const cambiados = await auditoria.cambiados({
      desde: now - longestLifeSeconds * 1000,
      invitadosDesde: now - guestLifeSeconds * 1000,
    })
    return {
      issuer,
      keys: await ring.publicKeys(),
      rolesCambiados: cambiados.map(({ id, rol }) => ({ sujeto: subjectDigest(id), rol })),
    } satisfies ClavesDeAuth
  }
}

export type Claves = ReturnType<typeof createClaves>
