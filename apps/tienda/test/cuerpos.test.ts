import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { connect, type Socket } from 'node:net'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { type Running, serve } from '@encargo/service-kit/http/serve'
import { crearTienda, propia } from './fakes.ts'

const bien = () => Response.json({ bien: true })

/** A body that has no end; counts what was taken of it. */
function sinFin() {
  let tomado = 0
  const cuerpo = new ReadableStream<Uint8Array>({
    pull(controller) {
      tomado += 1024
      controller.enqueue(new Uint8Array(1024).fill(97))
    },
  })
  return { cuerpo, tomado: () => tomado }
}

/** A body of which nothing comes. */
const callado = () => new ReadableStream<Uint8Array>({ start() {} })

/** A request of whose body but one byte is sent. */
const cabeza = (ruta: string) =>
  `POST ${ruta} HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Length: 900\r\n\r\n{`

describe('the body of a sign-in', () => {
  test('is read no further than its bound, whatever it says of its length', async () => {
    for (const largo of [undefined, '10', '4097', '31457280']) {
      const { pedir, pedidas } = crearTienda(bien)
      const { cuerpo, tomado } = sinFin()
      const cabeceras = largo === undefined ? {} : { 'content-length': largo }
      const respuesta = await pedir('/api/sesion/login', {
        ...propia(undefined, cabeceras),
        body: cuerpo,
      })
      expect([largo, respuesta.status]).toEqual([largo, 413])
      expect(await respuesta.json()).toMatchObject({ codigo: 'cuerpo-demasiado-grande' })
      expect(tomado()).toBeLessThanOrEqual(8_192)
      expect(pedidas).toEqual([])
    }
  })

  test('is not unpacked', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const comprimida = propia({ email: 'a@b.c' }, { 'content-encoding': 'gzip' })
    expect((await pedir('/api/sesion/login', comprimida)).status).toBe(415)
    expect(pedidas).toEqual([])
  })
})

describe('a body that is passed on', () => {
  test('is refused before any service is asked when it says that it is too large for all', async () => {
    const { pedir, pedidas } = crearTienda(bien)
    const respuesta = await pedir('/api/productos/imagenes', {
      method: 'POST',
      headers: { 'content-length': '31457280' },
      body: callado(),
    })
    expect(respuesta.status).toBe(413)
    expect(pedidas).toEqual([])
  })

  test('is cut off where it is too large for all and does not say so', async () => {
    const { pedir } = crearTienda(async (request) => {
      await request.bytes()
      return bien()
    })
    const { cuerpo, tomado } = sinFin()
    const respuesta = await pedir('/api/productos/imagenes', { method: 'POST', body: cuerpo })
    expect(respuesta.status).toBe(413)
    expect(tomado()).toBeLessThan(17 * 1024 * 1024)
  })

  test('arrives as it was sent, small or large, with a length or without', async () => {
    const llegado: number[] = []
    const { pedir } = crearTienda(async (request) => {
      llegado.push((await request.bytes()).byteLength)
      return bien()
    })
    for (const bytes of [0, 1, 65_536, 65_537, 1_000_000]) {
      for (const cabeceras of [{}, { 'content-length': String(bytes) }]) {
        const body = new Uint8Array(bytes).fill(97)
        await pedir('/api/productos/x', { method: 'PUT', body, headers: { ...cabeceras } })
      }
    }
    expect(llegado).toEqual([0, 0, 1, 1, 65_536, 65_536, 65_537, 65_537, 1e6, 1e6])
  })

  test('in pieces is one of so many; beyond that the first gives way with 408', async () => {
    const { pedir, pedidas } = crearTienda(
      ({ signal }) =>
        new Promise<Response>((_, reject) => {
          const cortada = () => reject(new Error('aborted'))
          if (signal.aborted) cortada()
          else signal.addEventListener('abort', cortada)
        }),
    )
    const subir = () => pedir('/api/productos/imagenes', { method: 'POST', body: callado() })
    const primera = subir()
    for (let nr = 0; nr < 32; nr++) void subir()
    const respuesta = await primera
    expect(respuesta.status).toBe(408)
    expect(respuesta.headers.get('connection')).toBe('close')
    expect(pedidas).toHaveLength(33)
  })
})

describe('bodies that drip into tienda', () => {
  const { aplicacion, pedidas } = crearTienda(bien)
  let corriendo: Running
  beforeAll(() => {
    corriendo = serve(aplicacion, {
      name: 'tienda',
      hostname: '127.0.0.1',
      port: 0,
      logger: silentLogger,
      maxConcurrent: 4,
      close: () => Promise.resolve(),
    })
  })
  afterAll(async () => {
    await corriendo.stop()
  })

  test('reach no service, and take no place from those who are served', async () => {
    const conexiones: Socket[] = []
    try {
      for (let nr = 0; nr < 12; nr++) {
        const conexion = connect(Number(new URL(corriendo.url).port), '127.0.0.1')
        conexiones.push(conexion)
        conexion.write(cabeza(nr % 2 === 0 ? '/api/pedidos/pedidos' : '/api/sesion/login'))
      }
      for (let nr = 0; nr < 20; nr++) {
        const respuesta = await fetch(`${corriendo.url}/api/pedidos/pedidos`, {
          method: 'POST',
          body: '{"lineas":[]}',
        })
        expect(respuesta.status).toBe(200)
      }
      expect(pedidas).toHaveLength(20)
    } finally {
      for (const conexion of conexiones) conexion.destroy()
    }
  })
})
