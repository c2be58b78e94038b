import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { Creacion, DemoApi, PedidoVisto, Sesion } from './api.ts'
import { createHttp, DemoHttpError, type FetchLike, type Http } from './request.ts'

export interface HttpDemoOptions {
  /** Base URLs of the four services, such as `http://127.0.0.1:8000`. */
  readonly auth: string
  readonly productos: string
  readonly inventario: string
  readonly pedidos: string
  /** The first admin, who makes the demo operator an operator. */
  readonly admin: { readonly email: string; readonly password: string }
  readonly fetch?: FetchLike
  /** Waits between the attempts of a refused request; milliseconds. */
  readonly sleep?: (ms: number) => Promise<void>
}

const Id = Type.Object({ id: Type.String() })
const Tokens = Type.Object({ access_token: Type.String() })
const Usuario = Type.Object({
  id: Type.String(),
  rol: Type.String(),
  emailConfirmado: Type.Boolean(),
})
const Producto = Type.Object({ id: Type.String(), sku: Type.String() })
const Existencia = Type.Object({ productoId: Type.String() })
const Pedido = Type.Object({
  id: Type.String(),
  estado: Type.String(),
  notas: Type.Union([Type.String(), Type.Null()]),
})

const PAGE_SIZE = 200
/** A developer's own data may be large: no list is read further than this. */
const MAX_PAGES = 50
/** Ids in one query, so that its URL stays under 4 KiB. */
const IDS_PER_QUERY = 50

/** Binds the seed to four running services by plain HTTP. Failures are `DemoHttpError`s. */
export function createHttpDemoApi(options: HttpDemoOptions): DemoApi {
  const { fetch = globalThis.fetch, sleep = Bun.sleep } = options
  const auth = createHttp({ base: options.auth, fetch, sleep })
  const productos = createHttp({ base: options.productos, fetch, sleep })
  const inventario = createHttp({ base: options.inventario, fetch, sleep })
  const pedidos = createHttp({ base: options.pedidos, fetch, sleep })

  async function editUser(usuarioId: string, body: Readonly<Record<string, unknown>>) {
    const { token } = await login(auth, options.admin).catch((cause: unknown) => {
      throw new Error(`the admin ${options.admin.email} can't log in: ${String(cause)}`, {
        cause,
      })
    })
    await auth.call('PATCH', `/usuarios/${usuarioId}`, Usuario, { token, body })
  }

  return {
    registrar({ email, password, nombre, telefono }) {
      const body = { email, password, nombre, ...(telefono !== undefined && { telefono }) }
      return createOnce(auth, '/register', { body }, 'email-en-uso')
    },

    async iniciarSesion({ email, password }) {
      try {
        return await login(auth, { email, password })
      } catch (error) {
        const refused = error instanceof DemoHttpError && error.path === '/login'
        if (refused && (error.status === 401 || error.status === 403)) return null
        throw error
      }
    },

    hacerOperador: (usuarioId) => editUser(usuarioId, { rol: 'operador' }),
    confirmarEmail: (usuarioId) => editUser(usuarioId, { emailConfirmado: true }),

    async productosPorSku() {
      const { datos } = await pages(productos, '/productos', {}, Producto)
      return new Map(datos.map(({ id, sku }) => [sku, id]))
    },

    crearProducto({ token }, { sku, nombre, descripcion, precio, categoria, atributos }) {
      const body = { sku, nombre, descripcion, precio, categoria, atributos }
      return create(productos, '/productos', { token, body })
    },

    async existenciasDe({ token }, productoIds) {
      const found = new Set<string>()
      for (let from = 0; from < productoIds.length; from += IDS_PER_QUERY) {
        const ids = productoIds.slice(from, from + IDS_PER_QUERY).join(',')
        const { datos } = await pages(inventario, '/inventario', { ids }, Existencia, token)
        for (const { productoId } of datos) found.add(productoId)
      }
      return found
    },

    crearExistencia({ token }, { productoId, cantidad, umbralMinimo }) {
      const body = { productoId, cantidad, umbralMinimo }
      return createOnce(inventario, '/inventario', { token, body }, 'inventario-existente')
    },

    async pedidosDe({ token }, clienteId): Promise<readonly PedidoVisto[] | null> {
      const { datos, all } = await pages(pedidos, '/pedidos', { clienteId }, Pedido, token)
      return all ? datos : null
    },

    comprar({ token }, { idempotencyKey, ...body }) {
      return create(pedidos, '/pedidos', {
        token,
        body,
        headers: { 'idempotency-key': idempotencyKey },
      })
    },

    completar({ token }, id) {
      return changeState(pedidos, id, { token, body: { estado: 'Completado' } })
    },

    cancelar({ token }, id, motivo) {
      return changeState(pedidos, id, { token, body: { estado: 'Cancelado', motivo } })
    },
  }
}

interface Call {
  readonly token?: string
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

async function login(auth: Http, body: { email: string; password: string }): Promise<Sesion> {
  const { email, password } = body
  const tokens = await auth.call('POST', '/login', Tokens, { body: { email, password } })
  const token = tokens.access_token
  const { id, rol, emailConfirmado } = await auth.call('GET', '/me', Usuario, { token })
  return { token, usuarioId: id, rol, emailConfirmado }
}

/** For what is known by the problem that a second creation gets. */
async function createOnce(http: Http, path: string, call: Call, existing: string) {
  try {
    await http.call('POST', path, Type.Unknown(), call)
    return 'creado'
  } catch (error) {
    if (error instanceof DemoHttpError && error.codigo === existing) return 'existente'
    throw error
  }
}

/** Refusals that come from what a developer has done with the data, not from a broken seed. */
const CONFLICTS = new Set(['sku-en-uso', 'stock-insuficiente', 'producto-inexistente'])

/** Answers the new id, or the code of the conflict with what is there. */
async function create(http: Http, path: string, call: Call): Promise<Creacion> {
  try {
    const { id } = await http.call('POST', path, Id, call)
    return { id }
  } catch (error) {
    if (error instanceof DemoHttpError && CONFLICTS.has(error.codigo)) {
      return { rechazo: error.codigo }
    }
    throw error
  }
}

async function changeState(http: Http, pedidoId: string, call: Call): Promise<boolean> {
  try {
    await http.call('PATCH', `/pedidos/${pedidoId}`, Id, call)
    return true
  } catch (error) {
    if (error instanceof DemoHttpError && error.codigo === 'transicion-invalida') return false
    throw error
  }
}

/** Reads a list page by page; `all` is false when it goes on past `MAX_PAGES`. */
async function pages<Row extends TSchema>(
  http: Http,
  path: string,
  query: Readonly<Record<string, string>>,
  row: Row,
  token?: string,
): Promise<{ datos: Static<Row>[]; all: boolean }> {
  const schema = Type.Object({
    datos: Type.Array(row),
    siguiente: Type.Union([Type.String(), Type.Null()]),
  })
  const datos: Static<Row>[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const search = new URLSearchParams({ ...query, limite: String(PAGE_SIZE) })
    if (cursor !== null) search.set('cursor', cursor)
    const answer: Static<typeof schema> = await http.call('GET', `${path}?${search}`, schema, {
      ...(token !== undefined && { token }),
    })
    datos.push(...answer.datos)
    cursor = answer.siguiente
    if (cursor === null) return { datos, all: true }
  }
  return { datos, all: false }
}
