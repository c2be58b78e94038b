import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AvisoLeido, FirmaInvalida } from '../../ports/proveedor.ts'
import { esAviso } from './formas.ts'

/** How far the time in a notice may be from ours: what is older may be somebody's who kept it. */
const toleranciaMs = 5 * 60_000

/** Its time is in seconds by its documents, and in milliseconds as it is sent. */
const enMs = (ts: string) => (ts.length > 11 ? Number(ts) : Number(ts) * 1000)

/** What is signed; a part that is not there is left out, and ids count in lower case. */
export function manifiesto(dataId: string | null, requestId: string | null, ts: string): string {
  const partes = [
    ['id', dataId?.toLowerCase()],
    ['request-id', requestId],
    ['ts', ts],
  ]
  return partes.flatMap(([clave, valor]) => (valor ? [`${clave}:${valor};`] : [])).join('')
}

export const firmar = (secreto: string, texto: string) =>
  createHmac('sha256', secreto).update(texto).digest('hex')

const iguales = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** @throws FirmaInvalida unless one of the secrets made one of its signatures, minutes ago at most */
function exigirFirma(headers: Headers, url: URL, secretos: readonly string[], ahora: number): void {
  const partes = (headers.get('x-signature') ?? '')
    .split(',')
    .map((parte) => parte.trim().split('='))
  const valores = (clave: string) =>
    partes.flatMap(([nombre, valor = '']) => (nombre === clave ? [valor] : []))
  const [ts = ''] = valores('ts')
  if (!/^\d{9,14}$/.test(ts)) throw new FirmaInvalida('x-signature has no ts')
  const texto = manifiesto(url.searchParams.get('data.id'), headers.get('x-request-id'), ts)
  const firmas = valores('v1')
  const vale = secretos.some((uno) => firmas.some((firma) => iguales(firma, firmar(uno, texto))))
  if (!vale) throw new FirmaInvalida('x-signature is not of this secret')
  if (Math.abs(ahora - enMs(ts)) > toleranciaMs) throw new FirmaInvalida('x-signature is too old')
}

function leerCuerpo(cuerpo: Uint8Array) {
  try {
    const aviso: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(cuerpo))
    if (esAviso(aviso)) return aviso
  } catch (error) {
    throw new FirmaInvalida('the notice is no JSON', { cause: error })
  }
  throw new FirmaInvalida('the notice is not of the form of one')
}

/**
 * What a webhook of Mercado Pago is about. Signed is what stands in its address and headers; of its body
 * nothing but names is taken, which cause a question. Those of before (IPN) are not signed, and none.
 */
export function leerAviso(
  { headers, cuerpo, url }: { headers: Headers; cuerpo: Uint8Array; url: URL },
  secretos: readonly string[],
  ahora: number,
): AvisoLeido | undefined {
  exigirFirma(headers, url, secretos, ahora)
  const { id, type, data } = leerCuerpo(cuerpo)
  const tipo = url.searchParams.get('type') ?? type ?? ''
  const dataId = url.searchParams.get('data.id') ?? String(data?.id ?? '')
  const eventoId = `${tipo}:${id ?? headers.get('x-request-id')}`
  if (tipo === 'payment' && /^\d+$/.test(dataId)) return { eventoId, referencia: dataId }
  if (/chargebacks/.test(tipo) && /^\d+$/.test(String(data?.payment_id)))
    return { eventoId, referencia: String(data?.payment_id) }
  if (/merchant_order/.test(tipo) && /^\d+$/.test(dataId))
    return { eventoId, referencia: `${prefijoOrden}${dataId}` }
  return undefined
}

/** An order of theirs, which has a number of its own. */
export const prefijoOrden = 'orden-'
