export { randomSecret } from '@encargo/service-kit'

/** SHA-256, base64url: enough for random secrets of 256 bits, which nobody can guess through. */
export function sha256(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('base64url')
}

/** The stored form of a service account's secret; bound to the account. */
export function hashSecreto(cuentaId: string, secreto: string): string {
  return sha256(`${cuentaId}:${secreto}`)
}
