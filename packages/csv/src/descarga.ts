import { setImmediate as nextTurn } from 'node:timers/promises'
import { Type } from '@sinclair/typebox'
import { type Celda, comoCsv, type Separador } from './escribir.ts'

const tipo = 'text/csv'

/** The answer 200 of a route that answers with `respuestaCsv`. */
export const DescargaCsv = Type.Unsafe<string>(Type.String({ contentMediaType: tipo }))

/** Spreadsheets need it to see that a file is UTF-8. */
const byteOrderMark = '\uFEFF'

export interface ExportacionCsv {
  /** Without its extension. */
  readonly nombre: string
  readonly ahora: Date
  readonly separador: Separador
  readonly columnas: readonly string[]
  /** Some rows at a time, each page read when the one before has been taken. */
  readonly paginas: AsyncIterable<readonly (readonly Celda[])[]>
}

const textEncoder = new TextEncoder()

type Paginas = AsyncIterator<readonly (readonly Celda[])[]>

/** What is sent, some rows at a time. Never an empty text: a stream that is given nothing stops asking. */
async function* textosDe(
  { columnas, separador }: ExportacionCsv,
  primera: Awaited<ReturnType<Paginas['next']>>,
  paginas: Paginas,
): AsyncGenerator<string> {
  let cabecera = byteOrderMark + comoCsv([columnas], separador)
  let siguiente = primera
  for (;;) {
    const texto = cabecera + (siguiente.done ? '' : comoCsv(siguiente.value, separador))
    cabecera = ''
    if (texto !== '') yield texto
    if (siguiente.done) return
    // A reader that is faster than the database must not keep everybody else waiting.
    await nextTurn()
    siguiente = await paginas.next()
  }
}

/**
 * A CSV file to download, streamed: it holds one page at a time, however long the file and however
 * slow its reader. The first page is waited for, so that what fails at once is answered as a
 * problem; what fails later breaks the connection, so that half a file never looks whole.
 */
export async function respuestaCsv(exportacion: ExportacionCsv): Promise<Response> {
  const { nombre, ahora } = exportacion
  const paginas = exportacion.paginas[Symbol.asyncIterator]()
  const textos = textosDe(exportacion, await paginas.next(), paginas)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await textos.next()
      if (done) controller.close()
      else controller.enqueue(textEncoder.encode(value))
    },
    async cancel() {
      await paginas.return?.()
    },
  })
  const dia = ahora.toISOString().slice(0, 10)
  return new Response(body, {
    headers: {
      'content-type': `${tipo}; charset=utf-8`,
      'content-disposition': `attachment; filename="${nombre}-${dia}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
