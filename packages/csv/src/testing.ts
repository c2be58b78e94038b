import type { ResumenImportacion } from './informe.ts'
import type { ErrorFila } from '@encargo/service-kit/values/row-rules'

interface Handling {
  readonly handle: (request: Request) => Promise<Response>
}

/** Whatever an import may answer; a test looks at what its answer should. */
interface Told<F> extends Omit<ResumenImportacion<F>, 'filas'> {
  readonly simulada: boolean
  readonly codigo?: string
  readonly total?: number
  /** How many rows there were, or what is wrong with them; other refusals name none. */
  readonly filas?: number | readonly ErrorFila[]
}

type File = NonNullable<RequestInit['body']>

interface Sending {
  readonly simular?: boolean
  readonly omitirConflictos?: boolean
  readonly previa?: string | undefined
  readonly headers?: Record<string, string>
  readonly type?: string
}

/**
 * Sends files to the CSV routes under `path`, and fetches them, with `staff` as headers where a test
 * names none. `F` is what a report tells of a row.
 *
 * @example
 * export const { importar, erroresDe, exportar } = csvCalls<FilaHecha>('/productos', operador)
 */
export function csvCalls<F>(path: string, staff: Record<string, string>) {
  /** Sends a file and answers what was said. */
  async function importar(
    { app }: { readonly app: Handling },
    file: File,
    { simular, omitirConflictos, previa, headers = staff, type = 'text/csv' }: Sending = {},
  ) {
    const query = new URLSearchParams({
      ...(simular === undefined ? {} : { simular: String(simular) }),
      ...(previa === undefined ? {} : { previa }),
      ...(omitirConflictos === undefined ? {} : { omitirConflictos: String(omitirConflictos) }),
    })
    const request = new Request(`http://localhost${path}/importacion?${query}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: file,
    })
    const answer = await app.handle(request)
    const told: Told<F> = JSON.parse(await answer.text())
    return { status: answer.status, ...told }
  }

  /** What is wrong with a file, as `[line, column, message]`. */
  async function erroresDe(service: { readonly app: Handling }, file: File) {
    const { status, codigo, total, filas } = await importar(service, file)
    const errores = typeof filas === 'object' ? filas : []
    return {
      status,
      codigo,
      total,
      filas: errores.map(({ fila, columna, mensaje }) => [fila, columna, mensaje] as const),
    }
  }

  /** The file that the service hands out. */
  async function exportar({ app }: { readonly app: Handling }, query = ''): Promise<Response> {
    const request = new Request(`http://localhost${path}/exportacion${query}`, { headers: staff })
    return await app.handle(request)
  }

  return { importar, erroresDe, exportar }
}
