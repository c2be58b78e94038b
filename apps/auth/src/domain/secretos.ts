/** SHA-256, base64url: enough for random secrets of 256 bits, which nobody can guess through. */
export function sha256(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('base64url')
}

/** The stored form of a service account's secret; bound to the account. */
export function hashSecreto(cuentaId: string, secreto: string): string {
  return sha256(`${cuentaId}:${secreto}`)
}

const hmac = (key: string | Buffer) => new Bun.CryptoHasher('sha256', key)

/**
 * The refresh token that follows on `token` (HKDF, RFC 5869): whoever has both parts can make it
 * again, and nobody with one of them.
 */
export function sucesor(token: string, semilla: string): string {
  const key = hmac(semilla).update(token).digest()
  return hmac(key).update('encargo: next refresh token').update('\x01').digest('base64url')
}
