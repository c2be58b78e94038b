import type { PublicKeys } from '../ports/seguridad.ts'
import type { SigningKey } from './signing-key.ts'

/** The keys of the installation: one signs, and those that tokens in use were signed with are public. */
export interface KeyRing extends PublicKeys {
  signing(): Promise<SigningKey>
}

/** A ring of one key, as the environment brings it. */
export function fixedKeyRing(key: SigningKey): KeyRing {
  return {
    signing: () => Promise.resolve(key),
    publicKeys: () => Promise.resolve([key.jwk]),
  }
}
