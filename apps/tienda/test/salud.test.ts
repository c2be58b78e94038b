import { describe, expect, test } from 'bun:test'
import { crearTienda, origenes, vivo } from './fakes.ts'

const leer = async (respuesta: Response) => ({
  status: respuesta.status,
  cuerpo: await respuesta.json(),
})

describe('health', () => {
  test('/livez asks nobody', async () => {
    const { pedir, pedidas } = crearTienda(vivo)
    expect(await leer(await pedir('/livez'))).toEqual({ status: 200, cuerpo: { estado: 'vivo' } })
    expect(pedidas).toEqual([])
  })

  test('/readyz tells which services answer, and stays ready while some do not', async () => {
    const { pedir } = crearTienda((request) => {
      const { url } = request
      if (url.startsWith(origenes.pedidos)) return Promise.reject(new TypeError('ECONNREFUSED'))
      return url === `${origenes.auth}/livez` ? vivo(request) : new Response('no', { status: 503 })
    })
    const respuesta = await pedir('/readyz')
    expect(respuesta.headers.get('cache-control')).toBe('no-store')
    expect(await leer(respuesta)).toEqual({
      status: 200,
      cuerpo: {
        estado: 'listo',
        servicios: {
          auth: { responde: true },
          productos: { responde: false },
          inventario: { responde: false },
          pedidos: { responde: false },
          pagos: { responde: false },
        },
      },
    })
  })

  test('/readyz is 503 once tienda is to stop, while its pages are served', async () => {
    let stopping = false
    const { pedir } = crearTienda(vivo, { stopping: () => stopping })
    expect((await pedir('/readyz')).status).toBe(200)
    stopping = true
    expect(await leer(await pedir('/readyz'))).toMatchObject({
      status: 503,
      cuerpo: { estado: 'no-listo', servicios: { auth: { responde: true } } },
    })
    expect((await pedir('/')).status).toBe(200)
  })

  test('/readyz is 503 and names the setting where another service answers, or none of ours', async () => {
    const { pedir } = crearTienda((request) => {
      if (request.url.startsWith(origenes.pedidos)) return Response.json({ servicio: 'auth' })
      return request.url.startsWith(origenes.auth) ? new Response('<html>') : vivo(request)
    })
    const respuesta = await pedir('/readyz')
    expect(await leer(respuesta)).toMatchObject({
      status: 503,
      cuerpo: {
        estado: 'no-listo',
        servicios: {
          auth: { impedimento: expect.stringContaining('ningún servicio de Encargo') },
          productos: { responde: true },
          pedidos: { responde: false, impedimento: expect.stringContaining('corrige PEDIDOS_URL') },
        },
      },
    })
  })

  test('/readyz does not wait for a service that hangs', async () => {
    const { pedir } = crearTienda(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      { plazoMs: 5 },
    )
    expect(await (await pedir('/readyz')).json()).toMatchObject({
      servicios: { auth: { responde: false } },
    })
  })

  test('/readyz asks each service once a second, however often it is asked', async () => {
    let ms = 0
    const { pedir, pedidas } = crearTienda(vivo, { now: () => ms })
    await Promise.all([pedir('/readyz'), pedir('/readyz')])
    ms = 999
    await pedir('/readyz')
    expect(pedidas).toHaveLength(5)
    ms = 1_000
    await pedir('/readyz')
    expect(pedidas).toHaveLength(10)
  })
})
