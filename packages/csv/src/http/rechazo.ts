import { rechazar } from '@encargo/service-kit/http/problems'
import type { ErroresImportacion } from '../errores.ts'

/** The refusal of a whole file, to return from a handler. */
export function rechazoDe(errores: ErroresImportacion) {
  const { total } = errores
  const detail =
    total === 1
      ? 'Una fila tiene un error; no se ha importado ninguna. Corrígela y vuelve a enviar el archivo.'
      : `Hay ${total} errores; no se ha importado ninguna fila. Corrígelos y vuelve a enviar el archivo.`
  return rechazar('importacion-invalida', { detail, total, filas: errores.primeros() })
}
