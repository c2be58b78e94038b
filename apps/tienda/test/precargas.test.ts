import { describe, expect, test } from 'bun:test'
import { modulosDe } from '../src/server/modulos.ts'
import { crearTienda } from './fakes.ts'

const { pedir } = crearTienda(() => Response.json(null))
const id = '01a202de-82b5-7662-8a94-acd7a27bf758'
const enlacesDe = async (ruta: string) => (await pedir(ruta)).headers.get('link')?.split(', ')

describe('what a page will need', () => {
  test('is told with the page: the first products, or those of no filter', async () => {
    expect(await enlacesDe('/')).toEqual([
      '</api/productos/productos?limite=24>; rel=preload; as=fetch; crossorigin=anonymous',
      '</api/productos/categorias>; rel=preload; as=fetch; crossorigin=anonymous',
    ])
    expect(await enlacesDe('/?q=cafe')).toBeUndefined()
  })

  test('is told with the page of a product: its script, the product, how many there are', async () => {
    expect(await enlacesDe(`/productos/${id}`)).toEqual([
      '</recursos/producto-1.js>; rel=modulepreload',
      `</api/productos/productos/${id}>; rel=preload; as=fetch; crossorigin=anonymous`,
      `</api/inventario/disponibilidad?ids=${id}>; rel=preload; as=fetch; crossorigin=anonymous`,
    ])
  })

  test('nothing that somebody wrote into an address gets into the header', async () => {
    for (const ruta of [
      '/productos/1',
      `/productos/${id}>;x`,
      `/productos/${id}/%0d%0aset-cookie:a`,
    ]) {
      expect([ruta, await enlacesDe(ruta)]).toEqual([ruta, undefined])
    }
    expect(await enlacesDe('/nada')).toBeUndefined()
  })
})

const salida = (entryPoint: string | undefined, ...imports: [string, Bun.ImportKind][]) => ({
  bytes: 1,
  inputs: {},
  exports: [],
  imports: imports.map(([path, kind]) => ({ path: `./recursos/${path}.js`, kind })),
  ...(entryPoint === undefined ? {} : { entryPoint }),
})

describe('the scripts of a source', () => {
  test('are its own and all that it imports, but for those of the first page', () => {
    const modulos = modulosDe({
      inputs: {},
      outputs: {
        './recursos/index.js': salida(
          '../tienda/src/index.html',
          ['base', 'import-statement'],
          ['a', 'dynamic-import'],
        ),
        './recursos/base.js': salida(undefined),
        './recursos/a.js': salida(
          '../tienda/src/pages/a.tsx',
          ['base', 'import-statement'],
          ['b', 'import-statement'],
        ),
        './recursos/b.js': salida(undefined, ['c', 'import-statement'], ['d', 'dynamic-import']),
        './recursos/c.js': salida(undefined, ['b', 'import-statement']),
        './recursos/d.js': salida('../tienda/src/d.ts'),
      },
    })
    expect(modulos.get('pages/a.tsx')).toEqual([
      '/recursos/a.js',
      '/recursos/b.js',
      '/recursos/c.js',
    ])
    expect(modulos.get('d.ts')).toEqual(['/recursos/d.js'])
  })
})
