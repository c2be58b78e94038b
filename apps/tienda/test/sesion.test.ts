import { describe, expect, test } from 'bun:test'
import { crearTienda, propia } from './fakes.ts'

const tokens = (numero: number) => ({
  access_token: `acceso-${numero}`,
  token_type: 'Bearer',
  expires_in: 600,
  refresh_token: `renovar-${numero}`,
})

/** auth, whose refresh tokens work once. */
function crearAuth() {
  let valido = 'renovar-1'
  let numero = 1
  return async (request: Request) => {
    const { pathname } = new URL(request.url)
    const cuerpo: unknown = await request.clone().json()
    if (pathname === '/login') {
      const password: unknown = Reflect.get(Object(cuerpo), 'password')
      if (password !== 'bien') {
        return Response.json({ codigo: 'credenciales-invalidas' }, { status: 401 })
      }
      return Response.json(tokens(1))
    }
    if (pathname === '/logout') return new Response(null, { status: 204 })
    if (Reflect.get(Object(cuerpo), 'refresh_token') !== valido) {
      return Response.json({ codigo: 'token-reutilizado' }, { status: 400 })
    }
    numero += 1
    valido = `renovar-${numero}`
    return Response.json(tokens(numero))
  }
}

/** As a trusted proxy passes it on that was spoken to over HTTPS. */
const porHttps = (cookie: string) => propia(undefined, { cookie, 'x-forwarded-proto': 'https' })

const alPedir = async (accion: string, cookie: string) => {
  const { pedir, pedidas } = crearTienda(crearAuth(), { trasProxy: true })
  const respuesta = await pedir(`/api/sesion/${accion}`, porHttps(cookie))
  const enviado: unknown = await pedidas[0]?.json()
  const puestas = respuesta.headers.getSetCookie().map((una) => una.split(';')[0])
  return { status: respuesta.status, enviado, puestas }
}

const conGalleta = (token: string) =>
  propia(undefined, { cookie: `otra=1; encargo_sesion=${token}` })

describe('signing in', () => {
  test('gives the page the access token and the cookie the other, out of reach of scripts', async () => {
    const { pedir } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/login', propia({ email: 'a@b.c', password: 'bien' }))
    expect(respuesta.status).toBe(200)
    const cuerpo = await respuesta.text()
    expect(JSON.parse(cuerpo)).toEqual({
      access_token: 'acceso-1',
      token_type: 'Bearer',
      expires_in: 600,
    })
    expect(cuerpo).not.toContain('renovar')
    expect(respuesta.headers.get('cache-control')).toBe('no-store')
    const galleta = respuesta.headers.get('set-cookie') ?? ''
    expect(galleta).toStartWith('encargo_sesion=renovar-1; ')
    for (const atributo of ['HttpOnly', 'SameSite=Strict', 'Path=/api/sesion', 'Max-Age=1209600']) {
      expect(galleta.split('; ')).toContain(atributo)
    }
    expect(galleta).not.toContain('Secure')
  })

  test('binds the cookie to HTTPS and this host when the browser spoke HTTPS with a trusted proxy', async () => {
    const entrar = propia({ email: 'a@b.c', password: 'bien' }, { 'x-forwarded-proto': 'https' })
    const confiada = crearTienda(crearAuth(), { trasProxy: true })
    const con = await confiada.pedir('/api/sesion/login', entrar)
    const [nombre, ...atributos] = (con.headers.get('set-cookie') ?? '').split('; ')
    expect(nombre).toBe('__Host-encargo_sesion=renovar-1')
    // Without one of these a browser refuses the prefix, as it does with a Domain.
    expect(atributos).toContain('Secure')
    expect(atributos).toContain('Path=/')
    expect(atributos.join()).not.toContain('Domain')
    const dos = propia({ email: 'a@b.c', password: 'bien' }, { 'x-forwarded-proto': 'https, http' })
    const lejos = await confiada.pedir('/api/sesion/login', dos)
    expect(lejos.headers.get('set-cookie')).toContain('; Secure')
    const sin = await crearTienda(crearAuth()).pedir('/api/sesion/login', entrar)
    expect(sin.headers.get('set-cookie')).toStartWith('encargo_sesion=')
    expect(sin.headers.get('set-cookie')).not.toContain('Secure')
  })

  test('passes a refusal on and leaves the cookie of before alone', async () => {
    const { pedir } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/login', propia({ email: 'a@b.c', password: 'mal' }))
    expect(respuesta.status).toBe(401)
    expect(respuesta.headers.has('set-cookie')).toBe(false)
  })

  test('refuses a body that is no sign-in', async () => {
    const { pedir, pedidas } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/login', propia({ email: 'x'.repeat(5_000) }))
    expect(respuesta.status).toBe(413)
    expect(pedidas).toEqual([])
  })
})

describe('renewing', () => {
  test('trades the cookie for a fresh token and the next cookie', async () => {
    const { pedir } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/renovar', conGalleta('renovar-1'))
    expect(await respuesta.json()).toMatchObject({ access_token: 'acceso-2' })
    expect(respuesta.headers.get('set-cookie')).toStartWith('encargo_sesion=renovar-2; ')
  })

  test('says that a session is over, and takes the cookie away, when auth says so', async () => {
    const { pedir } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/renovar', conGalleta('renovar-0'))
    expect(respuesta.status).toBe(204)
    expect(respuesta.headers.get('set-cookie')).toContain('Max-Age=0')
  })

  describe('over HTTPS', () => {
    test('takes the cookie with the prefix, whatever stands beside it', async () => {
      const cookie = 'encargo_sesion=ajeno; __Host-encargo_sesion=renovar-1'
      const { status, puestas } = await alPedir('renovar', cookie)
      expect(status).toBe(200)
      expect(puestas).toEqual(['__Host-encargo_sesion=renovar-2', 'encargo_sesion='])
    })

    test('takes one of before in exchange for one with the prefix', async () => {
      const { status, puestas } = await alPedir('renovar', 'encargo_sesion=renovar-1')
      expect(status).toBe(200)
      expect(puestas).toEqual(['__Host-encargo_sesion=renovar-2', 'encargo_sesion='])
    })

    test('ends a session with either, and takes both away', async () => {
      for (const nombre of ['encargo_sesion', '__Host-encargo_sesion']) {
        const { enviado, puestas } = await alPedir('salir', `${nombre}=renovar-1`)
        expect(enviado).toEqual({ refresh_token: 'renovar-1' })
        expect(puestas[0]).toBe('__Host-encargo_sesion=')
      }
    })
  })

  test('without a cookie says that there is no session, and asks nobody', async () => {
    const { pedir, pedidas } = crearTienda(crearAuth())
    expect((await pedir('/api/sesion/renovar', propia())).status).toBe(204)
    expect(pedidas).toEqual([])
  })

  test('keeps the cookie while auth is away', async () => {
    const caida = crearTienda(() => Promise.reject(new Error('ECONNREFUSED')))
    const sin = await caida.pedir('/api/sesion/renovar', conGalleta('renovar-1'))
    expect(sin.status).toBe(503)
    expect(sin.headers.has('set-cookie')).toBe(false)
    const lenta = crearTienda(() =>
      Response.json({ codigo: 'demasiadas-peticiones' }, { status: 429 }),
    )
    const con = await lenta.pedir('/api/sesion/renovar', conGalleta('renovar-1'))
    expect(con.status).toBe(429)
    expect(con.headers.has('set-cookie')).toBe(false)
  })

  test('asks again after a failure that was not for good', async () => {
    const auth = crearAuth()
    let caido = true
    const { pedir } = crearTienda((request) =>
      caido ? Promise.reject(new Error('ECONNREFUSED')) : auth(request),
    )
    expect((await pedir('/api/sesion/renovar', conGalleta('renovar-1'))).status).toBe(503)
    caido = false
    expect((await pedir('/api/sesion/renovar', conGalleta('renovar-1'))).status).toBe(200)
  })
})

describe('signing out', () => {
  test('tells auth and takes the cookie away', async () => {
    const { pedir, pedidas } = crearTienda(crearAuth())
    const respuesta = await pedir('/api/sesion/salir', conGalleta('renovar-1'))
    expect(respuesta.status).toBe(204)
    expect(respuesta.headers.get('set-cookie')).toContain('encargo_sesion=; ')
    expect(pedidas[0]?.url).toBe('http://auth.example/logout')
  })

  test('takes the cookie away although auth is away', async () => {
    const { pedir } = crearTienda(() => Promise.reject(new Error('ECONNREFUSED')))
    const respuesta = await pedir('/api/sesion/salir', conGalleta('renovar-1'))
    expect(respuesta.headers.get('set-cookie')).toContain('Max-Age=0')
  })
})

describe('calls from elsewhere', () => {
  const ajenas: Record<string, Record<string, string>> = {
    'another site': { origin: 'https://otra.example', 'sec-fetch-site': 'cross-site' },
    'another host of the same site': {
      origin: 'http://a.tienda.example',
      'sec-fetch-site': 'same-site',
    },
    'a page without an origin': { origin: 'null' },
    'another port': { origin: 'http://tienda.example:8080' },
  }
  for (const [nombre, cabeceras] of Object.entries(ajenas)) {
    test(`are refused: ${nombre}`, async () => {
      const { pedir, pedidas } = crearTienda(crearAuth())
      for (const accion of ['login', 'renovar', 'salir']) {
        const init = propia({ email: 'a@b.c', password: 'bien' }, cabeceras)
        expect((await pedir(`/api/sesion/${accion}`, init)).status).toBe(403)
      }
      expect(pedidas).toEqual([])
    })
  }

  test('are known behind a proxy by the name that it says it was called, if it is trusted', async () => {
    const fuera = { origin: 'https://tienda.example:8443', host: '127.0.0.1:3000' }
    const cuenta = { email: 'a@b.c', password: 'bien' }
    const dicho = (nombre: string) => propia(cuenta, { ...fuera, 'x-forwarded-host': nombre })
    const { pedir } = crearTienda(crearAuth(), { trasProxy: true })
    for (const nombre of ['tienda.example:8443', 'tienda.example:8443, 10.0.0.9']) {
      expect((await pedir('/api/sesion/login', dicho(nombre))).status).toBe(200)
    }
    expect((await pedir('/api/sesion/login', dicho('tienda.example'))).status).toBe(403)
    const directa = crearTienda(crearAuth())
    const respuesta = await directa.pedir('/api/sesion/login', dicho('tienda.example:8443'))
    expect(respuesta.status).toBe(403)
  })

  test('are the same on the port that a scheme has by itself, said or not', async () => {
    const { pedir } = crearTienda(crearAuth())
    const cabeceras = { origin: 'https://tienda.example', host: 'tienda.example:443' }
    const init = propia({ email: 'a@b.c', password: 'bien' }, cabeceras)
    expect((await pedir('/api/sesion/login', init)).status).toBe(200)
  })

  test('are refused without an Origin, with another method, or for another call', async () => {
    const { pedir } = crearTienda(crearAuth())
    const sinOrigen = { method: 'POST', headers: { host: 'tienda.example' } }
    expect((await pedir('/api/sesion/renovar', sinOrigen)).status).toBe(403)
    expect((await pedir('/api/sesion/renovar')).status).toBe(405)
    expect((await pedir('/api/sesion/otra', propia())).status).toBe(404)
    expect((await pedir('/api/sesion/constructor', propia())).status).toBe(404)
  })
})
