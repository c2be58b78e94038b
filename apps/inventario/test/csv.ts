import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Recontado } from '../src/domain/recuento.ts'
import { cleanUp, openWarehouse, operador, type Warehouse } from './fixture.ts'

/** The service on a file, where an import has a connection of its own. */
export function openFileWarehouse(): Warehouse {
  const folder = mkdtempSync(join(tmpdir(), 'encargo-inventario-'))
  cleanUp(() => rmSync(folder, { recursive: true, force: true }))
  return openWarehouse(join(folder, 'inventario.db'))
}

interface Told extends Recontado {
  readonly simulada: boolean
  readonly codigo?: string
  readonly total?: number
  readonly filas: number & readonly { fila: number; columna: string | null; mensaje: string }[]
}

type File = NonNullable<RequestInit['body']>
interface Sending {
  readonly simular?: boolean
  readonly headers?: Record<string, string>
}

/** Sends a file and answers what was said. */
export async function importar(
  { app }: Pick<Warehouse, 'app'>,
  file: File,
  { simular, headers = operador }: Sending = {},
) {
  const query = simular === undefined ? '' : `?simular=${simular}`
  const request = new Request(`http://localhost/inventario/importacion${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body: file,
  })
  const answer = await app.handle(request)
  const told: Told = JSON.parse(await answer.text())
  return { status: answer.status, ...told }
}

/** What is wrong with a file, as `[line, column, message]`. */
export async function erroresDe(warehouse: Warehouse, file: File) {
  const { status, codigo, filas } = await importar(warehouse, file)
  const errores = Array.isArray(filas)
    ? filas.map(({ fila, columna, mensaje }) => [fila, columna, mensaje] as const)
    : []
  return { status, codigo, errores }
}

/** The file that the warehouse hands out. */
export async function exportar({ app }: Pick<Warehouse, 'app'>): Promise<Response> {
  const request = new Request('http://localhost/inventario/exportacion', { headers: operador })
  return await app.handle(request)
}
