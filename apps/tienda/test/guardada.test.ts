import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { conImagenes } from '../src/server/construccion.ts'
import { guardarConstruccion, leerConstruccion } from '../src/server/guardada.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'encargo-construida-'))
const lugar = join(carpeta, 'dentro', 'construccion.bin')
beforeAll(() => guardarConstruccion(lugar))
afterAll(() => rmSync(carpeta, { recursive: true }))

const texto = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('what was built is read again as it was: pages, scripts and what they need', async () => {
  const leida = await leerConstruccion(lugar)
  expect(texto(leida?.paginas.es.identidad ?? new Uint8Array())).toContain('<div id="raiz">')
  const guiones = [...(leida?.archivos ?? [])].filter(([ruta]) => ruta.endsWith('.js'))
  expect(guiones.length).toBeGreaterThan(5)
  for (const [, { identidad, brotli, gzip }] of guiones) {
    if (gzip) expect(texto(Bun.gunzipSync(gzip))).toBe(texto(identidad))
    if (brotli) expect(brotli.length).toBeLessThan(identidad.length)
  }
  expect(leida?.modulos.size).toBeGreaterThan(5)
  expect(readdirSync(join(carpeta, 'dentro'))).toEqual(['construccion.bin'])
})

test('whose pictures may be shown is decided at the start, not when it was built', async () => {
  const leida = await leerConstruccion(lugar)
  if (!leida) throw new Error('nothing was kept')
  const { paginas, politica } = await conImagenes(leida, ['https://fotos.example'])
  const pagina = paginas.es
  expect(texto(pagina.identidad)).toContain(
    '<meta name="imagenes" content="https://fotos.example" />',
  )
  expect(texto(Bun.gunzipSync(pagina.gzip ?? new Uint8Array()))).toBe(texto(pagina.identidad))
  expect(politica).toContain('https://fotos.example')
  expect([leida.politica, pagina.etag === leida.paginas.es.etag]).toEqual([
    expect.not.stringContaining('fotos'),
    false,
  ])
})

test('what was built of other sources, is cut short or is not there is not used', async () => {
  const bytes = await readFile(lugar)
  const otro = join(carpeta, 'otro.bin')
  const guardada = deserialize(bytes) as { huella: string; fuentes: string[] }
  writeFileSync(otro, serialize({ ...guardada, huella: 'de otras fuentes' }))
  expect(await leerConstruccion(otro)).toBeUndefined()
  writeFileSync(otro, serialize({ ...guardada, fuentes: guardada.fuentes.slice(1) }))
  expect(await leerConstruccion(otro)).toBeUndefined()
  writeFileSync(otro, bytes)
  expect(await leerConstruccion(otro)).toBeDefined()
  truncateSync(otro, Math.floor(bytes.length / 2))
  expect(await leerConstruccion(otro)).toBeUndefined()
  expect(await leerConstruccion(join(carpeta, 'nada.bin'))).toBeUndefined()
})
