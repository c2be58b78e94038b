import { rechazar } from '@encargo/service-kit/http/problems'

/** 429 with its reason, for what may be done again in `esperaMs`; `headers` are those of the answer. */
export function esperar(
  esperaMs: number,
  headers: Record<string, string | number>,
  motivo: string,
) {
  const seconds = Math.max(1, Math.ceil(esperaMs / 1000))
  headers['retry-after'] = String(seconds)
  return rechazar('demasiadas-peticiones', {
    detail: `${motivo}. Espera ${seconds} s antes del siguiente.`,
  })
}

/** For a guess that comes too soon after wrong ones (RFC 6585, 4). */
export const demasiadosIntentos = (esperaMs: number, headers: Record<string, string | number>) =>
  esperar(esperaMs, headers, 'Demasiados intentos fallidos')
