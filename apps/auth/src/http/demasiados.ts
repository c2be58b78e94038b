import { rechazar, retryAfter } from '@encargo/service-kit/http/problems'

/** 429 with its reason, for what may be done again in `esperaMs`; `headers` are those of the answer. */
export function esperar(
  esperaMs: number,
  headers: Record<string, string | number>,
  motivo: string,
) {
  const wait = retryAfter(esperaMs)
  Object.assign(headers, wait)
  return rechazar('demasiadas-peticiones', {
    detail: `${motivo}. Espera ${wait['retry-after']} s antes del siguiente.`,
  })
}

/** For a guess that comes too soon after wrong ones (RFC 6585, 4). */
export const demasiadosIntentos = (esperaMs: number, headers: Record<string, string | number>) =>
  esperar(esperaMs, headers, 'Demasiados intentos fallidos')
