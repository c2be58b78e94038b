import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Importado } from '../src/domain/surtido.ts'
import { cleanUp, openShop, operador, type Shop } from './fixture.ts'

/** The service on a file, where an import has a connection of its own. */
export function openFileShop(): Shop {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-productos-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  return openShop(join(folder, 'productos.db'))
}

interface Told extends Importado {
  readonly simulada: boolean
  readonly codigo?: string
  readonly total?: number
  readonly filas: number & readonly { fila: number; columna: string | null; mensaje: string }[]
}

interface Sending {
  readonly simular?: boolean
  readonly headers?: Record<string, string>
  readonly type?: string
}

/** Sends a file and answers what was said. */
export async function importar(
  { app }: Pick<Shop, 'app'>,
  file: NonNullable<RequestInit['body']>,
  { simular, headers = operador, type = 'text/csv' }: Sending = {},
) {
  const query = simular === undefined ? '' : `?simular=${simular}`
  const request = new Request(`http://localhost/productos/importacion${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': type },
    body: file,
  })
  const answer = await app.handle(request)
  const told: Told = JSON.parse(await answer.text())
  return { status: answer.status, ...told }
}

/** What is wrong with a file, as `[line, column, message]`. */
export async function erroresDe(shop: Shop, file: NonNullable<RequestInit['body']>) {
  const { status, codigo, filas, total } = await importar(shop, file)
  return {
    status,
    codigo,
    total,
    filas: Array.isArray(filas)
      ? filas.map(({ fila, columna, mensaje }) => [fila, columna, mensaje] as const)
      : [],
  }
}

/** The file that the shop hands out. */
export async function exportar({ app }: Pick<Shop, 'app'>, query = ''): Promise<Response> {
  const request = new Request(`http://localhost/productos/exportacion${query}`, {
    headers: operador,
  })
  return await app.handle(request)
}
