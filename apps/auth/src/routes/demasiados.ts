import { rechazar } from '@encargo/service-kit'

/** 429 for a guess that comes too soon after wrong ones; `headers` are those of the answer (RFC 6585, 4). */
export function demasiadosIntentos(esperaMs: number, headers: Record<string, string | number>) {
  const seconds = Math.max(1, Math.ceil(esperaMs / 1000))
  headers['retry-after'] = String(seconds)
  const detail = `Demasiados intentos fallidos. Espera ${seconds} s antes del siguiente.`
  return rechazar('demasiadas-peticiones', { detail })
}
