import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, type CryptoKey, importPKCS8 } from 'jose'
import type { PublicKey } from '../ports/seguridad.ts'

export const algorithm = 'EdDSA'

/** A private key that can only sign, and its public part. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly jwk: PublicKey
}

/** Not a key of ours; deliberately without the text that could not be read. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError'
}

export function newPrivateKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function parse(text: string): KeyObject {
  const base64 = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s|\\n/g, '')
  try {
    const der = Buffer.from(base64, 'base64')
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The cause may quote the key, so it goes no further.
  }
  throw new SigningKeyError('not an Ed25519 private key in PKCS #8')
}

export function isSigningKey(text: string): boolean {
  try {
    return parse(text).type === 'private'
  } catch {
    return false
  }
}

/**
 * A key from PKCS #8 in PEM, or the Base64 of it on one line. `kid` is its thumbprint (RFC 7638).
 * @throws SigningKeyError
 */
export async function readSigningKey(text: string): Promise<SigningKey> {
  const key = parse(text)
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' })
  if (kty === undefined || crv === undefined || x === undefined) {
    throw new SigningKeyError('the key has no public part')
  }
  const publicPart = { kty, crv, x }
  const kid = await calculateJwkThumbprint(publicPart)
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
  const privateKey = await importPKCS8(pem, algorithm, { extractable: false })
  return { kid, privateKey, jwk: { ...publicPart, kid, alg: algorithm, use: 'sig' } }
}
