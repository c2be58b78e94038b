import { timingSafeEqual } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { FirmaInvalida } from '../../ports/proveedor.ts'

/** What is older may be somebody's who kept it (Standard Webhooks 1.0). */
const toleranciaMs = 5 * 60_000

const firma = (secreto: string, id: string, segundos: number, cuerpo: string) =>
  new Webhook(secreto).sign(id, new Date(segundos * 1000), cuerpo)

/** Signed by each of `secretos`: whoever knows one of them believes it. */
export function firmar(
  secretos: readonly string[],
  { id, cuerpo, ahora }: { readonly id: string; readonly cuerpo: string; readonly ahora: number },
): Record<string, string> {
  const segundos = Math.floor(ahora / 1000)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(segundos),
    'webhook-signature': secretos.map((uno) => firma(uno, id, segundos, cuerpo)).join(' '),
  }
}

const iguales = (a: string, b: string) => {
  const [una, otra] = [Buffer.from(a), Buffer.from(b)]
  return una.length === otra.length && timingSafeEqual(una, otra)
}

/** Its `webhook-id`. @throws FirmaInvalida unless one of `secretos` signed it, minutes ago at most */
export function exigirFirma(
  secretos: readonly string[],
  headers: Headers,
  cuerpo: string,
  ahora: number,
): string {
  const id = headers.get('webhook-id') ?? ''
  const marca = headers.get('webhook-timestamp') ?? ''
  if (id === '' || !/^\d{9,11}$/.test(marca)) throw new FirmaInvalida('it is not signed')
  const segundos = Number(marca)
  const dadas = (headers.get('webhook-signature') ?? '').split(' ')
  const vale = secretos.some((secreto) => {
    const suya = firma(secreto, id, segundos, cuerpo)
    return dadas.some((dada) => iguales(dada, suya))
  })
  if (!vale) throw new FirmaInvalida('its signature is not of this secret')
  if (Math.abs(ahora - segundos * 1000) > toleranciaMs) throw new FirmaInvalida('it is too old')
  return id
}
