import type { Fetch } from '@encargo/client'
import { cuentas } from './cuentas.ts'
import { bodyOf, created, page, problem, staffOnly } from './fake-answers.ts'
import { FakeCobros } from './fake-cobros.ts'

interface Usuario {
  readonly id: string
  readonly password: string
  rol: string
  emailConfirmado: boolean
}
interface Existencia {
  disponible: number
  fisico: number
}
interface Linea {
  readonly productoId: string
  readonly cantidad: number
}
interface Pedido {
  readonly id: string
  readonly clienteId: string
  readonly lineas: readonly Linea[]
  readonly notas: string
  /** The method, coupon and channel that were named. */
  readonly trato: readonly (string | undefined)[]
  readonly historial: { readonly estado: string; readonly tipo?: string }[]
  estado: string
  motivo: string | null
  anulado: string | null
  readonly pago: { readonly metodo: string | null; readonly cobros: readonly { id: string }[] }
}
type NuevoPedido = Pick<Pedido, 'lineas' | 'notas'> &
  Readonly<Record<'metodoEnvio' | 'cupon' | 'canal', string | undefined>> & {
    readonly completar?: boolean
    readonly pago?: { readonly metodo: string }
  }

/** Thrown when the test has planned a crash. */
export class Crash extends Error {}

interface Given {
  readonly id: string
  /** What stands in the path behind the id. */
  readonly rest: readonly string[]
  readonly query: URLSearchParams
  /** Who asks: an e-mail and the role that they had when they logged in. */
  readonly email: string
  readonly rol: string
  readonly key: string | null
}

/**
 * The services in memory, as far as the seed can tell: unique e-mails and SKUs, roles that
 * travel in the token, stock that is reserved, final states. Idempotency keys are not replayed on
 * purpose: the seed must not depend on them, as a service forgets them after 24 hours.
 */
export class FakeShop {
  readonly usuarios = new Map<string, Usuario>()
  readonly productos = new Map<string, { id: string; archivado: boolean; precio: number }>()
  readonly existencias = new Map<string, Existencia>()
  readonly tienda = new Map<string, unknown>()
  /** Taxes, shipping methods and coupons, by their code. */
  readonly venta = {
    impuestos: new Map<string, unknown>(),
    'metodos-envio': new Map<string, unknown>(),
    cupones: new Map<string, unknown>(),
  }
  /** What anybody keeps in their account. */
  readonly direcciones = new Set<string>()
  facturacion: unknown[] = []
  avisos: { readonly version: number } = { version: 0 }
  readonly pedidos: Pedido[] = []
  readonly banco = new FakeCobros()
  readonly claves: (string | null)[] = []
  /** How often each route was asked, and which in which order. */
  readonly calls = new Map<string, number>()
  readonly asked: string[] = []
  total = 0
  running = 0
  maxRunning = 0
  /** The request with this number fails, `before` or `after` its effect, and so do all later ones. */
  crash: { readonly call: number; readonly when: 'before' | 'after' } | null = null
  /** Lists of orders never come to an end. */
  endless = false
  readonly #admin = { id: 'admin', ...cuentas.admin, emailConfirmado: true }

  /** Counts, crashes as planned, and lets other requests run in between. */
  readonly fetch: Fetch = async (input, init = {}) => {
    const { pathname, searchParams: query } = new URL(String(input))
    const [, resource = '', id = '', ...rest] = pathname.split('/')
    const headers = new Headers(init.headers)
    const [email = '', rol = ''] = (headers.get('authorization') ?? '').slice(7).split(' ')
    const route = `${init.method ?? 'GET'} /${resource}`
    const number = this.total++
    this.asked.push(route)
    this.calls.set(route, (this.calls.get(route) ?? 0) + 1)
    this.running++
    this.maxRunning = Math.max(this.maxRunning, this.running)
    try {
      await Promise.resolve()
      const { crash } = this
      if (crash && (number > crash.call || (number === crash.call && crash.when === 'before'))) {
        throw new Crash(`${route} crashed before its effect`)
      }
      const given = { id, rest, query, email, rol, key: headers.get('idempotency-key') }
      const answer = this.#answer(route, given, bodyOf(init) as never)
      if (crash && number === crash.call) throw new Crash(`${route} crashed after its effect`)
      return answer
    } finally {
      this.running--
    }
  }

  #answer(route: string, given: Given, body: never): Response {
    const answer = this.#routes[route] ?? this.banco.routes[route]
    if (!answer) throw new Error(`the seed asked for ${route}`)
    const isStaff = given.rol === 'operador' || given.rol === 'admin'
    return staffOnly.has(route) && !isStaff ? problem(403, 'prohibido') : answer(given, body)
  }

  readonly #routes: Readonly<Record<string, (given: Given, body: never) => Response>> = {
    'POST /register': (_given, { email, password }: { email: string; password: string }) => {
      if (this.usuarios.has(email)) return problem(409, 'email-en-uso')
      return created(this.#alta(email, password))
    },
    'POST /login': (_given, { email, password }: { email: string; password: string }) => {
      const usuario = this.#usuario(email)
      if (usuario?.password !== password) return problem(401, 'credenciales-invalidas')
      const tokens = { access_token: `${email} ${usuario.rol}`, refresh_token: 'otra' }
      return Response.json({ ...tokens, expires_in: 600 })
    },
    'POST /invitados': (_given, { email }: { email: string }) => {
      const guest = `${email}#${this.usuarios.size}`
      this.#alta(guest, '')
      return Response.json({ access_token: `${guest} cliente`, expires_in: 7200 })
    },
    'GET /me': ({ id, email }) =>
      id === '' ? Response.json(this.#usuario(email)) : page(this.facturacion),
    'POST /me': (_given, direccion: unknown) => {
      this.direcciones.add(JSON.stringify(direccion))
      return created('direccion')
    },
    'PUT /me': (_given, { datos }: { datos: unknown[] }) => page((this.facturacion = datos)),
    'GET /ajustes': () => Response.json(this.avisos),
    'PUT /ajustes': () => Response.json((this.avisos = { version: 1 })),
    'GET /impuestos': () => page(this.#puestos('impuestos')),
    'PUT /impuestos': ({ id }, impuesto: unknown) => this.#poner('impuestos', id, impuesto, 200),
    'GET /metodos-envio': () => page(this.#puestos('metodos-envio')),
    'POST /metodos-envio': (_given, metodo: { codigo: string }) =>
      this.#poner('metodos-envio', metodo.codigo, metodo),
    'GET /cupones': () => page(this.#puestos('cupones')),
    'POST /cupones': (_given, cupon: { codigo: string }) =>
      this.#poner('cupones', cupon.codigo, cupon),
    'PATCH /usuarios': ({ id }, change: Partial<Usuario>) => {
      const usuario = [...this.usuarios.values()].find((one) => one.id === id)
      return Response.json(Object.assign(usuario ?? {}, change))
    },
    'GET /tienda': () => Response.json(this.#cara()),
    'PUT /tienda': ({ rest: [uso = ''] }, drawing: unknown) => {
      this.tienda.set(uso, drawing)
      return Response.json(this.#cara())
    },
    'PATCH /tienda': (_given, { nombre }: { nombre: string }) => {
      this.tienda.set('nombre', nombre)
      return Response.json(this.#cara())
    },
    'GET /productos': () =>
      page([...this.productos].flatMap(([sku, one]) => (one.archivado ? [] : [{ ...one, sku }]))),
    'POST /productos': (_given, { sku, precio }: { sku: string; precio: number }) => {
      if (this.productos.has(sku)) return problem(409, 'sku-en-uso')
      const id = crypto.randomUUID()
      this.productos.set(sku, { id, archivado: false, precio })
      return created(id)
    },
    'GET /inventario': ({ query }) => {
      const ids = (query.get('ids') ?? '').split(',').filter((id) => this.existencias.has(id))
      return page(ids.map((productoId) => ({ productoId })))
    },
    'POST /inventario': (_given, { productoId, cantidad }: Linea) => {
      if (this.existencias.has(productoId)) return problem(409, 'inventario-existente')
      this.existencias.set(productoId, { disponible: cantidad, fisico: cantidad })
      return created(productoId)
    },
    'GET /pedidos': () => page(this.#vistos(), this.endless ? 'c/1+=' : null),
    'POST /pedidos': (given, body) =>
      given.id === '' ? this.#comprar(given, body) : this.#hacer(given, body),
    'PATCH /pedidos': ({ id, email, rol }, { estado, motivo = null }: Partial<Pedido>) => {
      const pedido = this.pedidos.find((one) => one.id === id)
      if (!pedido || !estado) return problem(404, 'no-encontrado')
      const own = pedido.clienteId === this.#usuario(email)?.id && estado === 'Cancelado'
      if (rol === 'cliente' && !own) return problem(403, 'prohibido')
      if (pedido.estado === estado) return Response.json(pedido)
      if (pedido.estado !== 'Pendiente') return problem(409, 'transicion-invalida')
      const cobrado = this.banco.de(id).some(({ visto }) => visto === 'cobrado')
      if (estado === 'Completado' && pedido.pago.metodo && !cobrado) {
        return problem(409, 'pago-pendiente')
      }
      Object.assign(pedido, { estado, motivo })
      this.#mover(pedido)
      return Response.json(pedido)
    },
  }

  #vistos() {
    return this.pedidos.map((uno) => ({
      ...uno,
      pago: this.banco.pagoDe(uno.id, uno.pago.metodo),
    }))
  }

  #comprar(
    { email, key }: Given,
    { lineas, notas, completar, pago, ...trato }: NuevoPedido,
  ): Response {
    this.claves.push(key)
    const { metodoEnvio, cupon, canal } = trato
    const { 'metodos-envio': metodos, cupones } = this.venta
    if (metodoEnvio && !metodos.has(metodoEnvio)) return problem(422, 'envio-no-disponible')
    if (pago && !this.banco.metodos.has(pago.metodo))
      return problem(422, 'metodo-pago-no-disponible')
    if (cupon && !cupones.has(cupon)) return problem(422, 'cupon-invalido')
    const niveles = lineas.map(({ productoId, cantidad }) => {
      const nivel = this.existencias.get(productoId)
      return { nivel, cantidad }
    })
    if (niveles.some(({ nivel, cantidad }) => !nivel || nivel.disponible < cantidad)) {
      return problem(409, 'stock-insuficiente')
    }
    for (const { nivel, cantidad } of niveles) if (nivel) nivel.disponible -= cantidad
    const pedido: Pedido = {
      id: crypto.randomUUID(),
      clienteId: canal === 'mostrador' ? 'de paso' : (this.#usuario(email)?.id ?? ''),
      lineas,
      notas,
      trato: [metodoEnvio, cupon, canal],
      historial: [{ estado: 'Pendiente' }],
      estado: completar ? 'Completado' : 'Pendiente',
      motivo: null,
      anulado: null,
      pago: { metodo: pago?.metodo ?? null, cobros: [] },
    }
    this.pedidos.push(pedido)
    this.#mover(pedido)
    return Response.json(pedido, { status: 201 })
  }

  /** What staff say of an order without changing its state. */
  #hacer({ id, rol, rest: [que] }: Given, body: { readonly motivo?: string } | null): Response {
    if (rol === 'cliente') return problem(403, 'prohibido')
    const pedido = this.pedidos.find((one) => one.id === id)
    if (!pedido) return problem(404, 'no-encontrado')
    const { estado } = pedido
    if (estado !== (que === 'anulacion' ? 'Completado' : 'Pendiente')) {
      return problem(409, 'transicion-invalida')
    }
    if (que === 'preparado') pedido.historial.push({ estado, tipo: 'envio.preparado' })
    else pedido.anulado = body?.motivo ?? null
    return Response.json(pedido)
  }

  /** What an order that has ended does to the stock. */
  #mover({ estado, lineas }: Pedido): void {
    if (estado === 'Pendiente') return
    for (const { productoId, cantidad } of lineas) {
      const nivel = this.existencias.get(productoId)
      if (nivel && estado === 'Completado') nivel.fisico -= cantidad
      else if (nivel) nivel.disponible += cantidad
    }
  }

  #alta(email: string, password: string): string {
    const id = crypto.randomUUID()
    this.usuarios.set(email, { id, password, rol: 'cliente', emailConfirmado: false })
    return id
  }

  #puestos(tipo: keyof FakeShop['venta']) {
    return [...this.venta[tipo].keys()].map((codigo) => ({ codigo }))
  }

  #poner(tipo: keyof FakeShop['venta'], codigo: string, puesto: unknown, status = 201): Response {
    this.venta[tipo].set(codigo, puesto)
    return Response.json(puesto, { status })
  }

  #cara() {
    const [logo = null, icono = null, imagen = null] = ['logo', 'icono', 'portada'].map((uso) =>
      this.tienda.get(uso),
    )
    return { nombre: this.tienda.get('nombre') ?? 'Tienda', logo, icono, portada: { imagen } }
  }

  #usuario(email: string): Usuario | undefined {
    return email === this.#admin.email ? this.#admin : this.usuarios.get(email)
  }
}
