import { type Addresses, type Answer, type AnyProblem, ask } from '@encargo/client'
import { as, type Patience, patientClient } from '../lib/client.ts'
import type { Creacion, DemoApi, Sesion } from './api.ts'

export interface HttpDemoOptions extends Addresses, Partial<Patience> {
  /** The first admin, who makes the demo operator an operator. */
  readonly admin: { readonly email: string; readonly password: string }
}

/** A developer's own data may be large: no list is read further than this. */
const MAX_PAGES = 50
/** Ids in one query, so that its URL stays under 4 KiB. */
const IDS_PER_QUERY = 50
/** Refusals that come from what a developer has done with the data, not from a broken seed. */
const CONFLICTS = ['sku-en-uso', 'stock-insuficiente', 'producto-inexistente']

/**
 * What came of a call, or the `codigo` of a refusal of which that or the status is `expected`.
 * @throws Error that says of any other all that there is to know
 */
function told<T, P>(
  what: string,
  answer: Answer<T, P>,
  expected: readonly (string | number)[] = [],
): { readonly data: T } | { readonly rechazo: string } {
  if (answer.ok) return answer
  // Of whatever route: what they all have is what is told.
  const problem = answer.problem as AnyProblem
  const { codigo, status, detail } = problem
  if (expected.includes(codigo) || expected.includes(status)) return { rechazo: codigo }
  const broken = 'errores' in problem ? ` ${JSON.stringify(problem.errores)}` : ''
  const cause = 'cause' in problem ? problem.cause : undefined
  throw new Error(`${what}: ${status || 'no answer'} ${codigo}: ${detail}${broken}`, { cause })
}

function dataOf<T, P>(what: string, answer: Answer<T, P>): T {
  const outcome = told(what, answer)
  if ('data' in outcome) return outcome.data
  throw new TypeError(`${what}: nothing was expected`)
}

const created = <P>(what: string, answer: Answer<{ id: string }, P>): Creacion => {
  const outcome = told(what, answer, CONFLICTS)
  return 'data' in outcome ? { id: outcome.data.id } : outcome
}

/** For what is known by the problem that a second creation gets. */
const createdOnce = <T, P>(what: string, answer: Answer<T, P>, existing: string) =>
  'data' in told(what, answer, [existing]) ? 'creado' : 'existente'

interface Turn {
  readonly limite: number
  readonly cursor?: string
}
interface Page<Row> {
  readonly datos: readonly Row[]
  readonly siguiente: string | null
}

/** Reads a list page by page; `all` is false when it goes on past `MAX_PAGES`. */
async function pages<Row, P>(what: string, turn: (query: Turn) => Promise<Answer<Page<Row>, P>>) {
  const all: Row[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: Turn = { limite: 200, ...(cursor !== null && { cursor }) }
    const { datos, siguiente }: Page<Row> = dataOf(what, await turn(query))
    all.push(...datos)
    if (siguiente === null) return { datos: all, all: true }
    cursor = siguiente
  }
  return { datos: all, all: false }
}

/** Binds the seed to four running services. */
export function createHttpDemoApi({ admin, ...options }: HttpDemoOptions): DemoApi {
  const patience = { sleep: Bun.sleep, ...options }
  const { auth, productos, inventario, pedidos } = patientClient(options, patience)

  async function iniciarSesion(who: HttpDemoOptions['admin']): Promise<Sesion | null> {
    const { email, password } = who
    const entrada = told('POST /login', await ask(auth.login.post({ email, password })), [401, 403])
    if ('rechazo' in entrada) return null
    const token = entrada.data.access_token
    const usuario = dataOf('GET /me', await ask(auth.me.get(as(token))))
    const { id, rol, emailConfirmado } = usuario
    return { token, usuarioId: id, rol, emailConfirmado }
  }

  async function editUser(id: string, body: { rol: 'operador' } | { emailConfirmado: true }) {
    const sesion = await iniciarSesion(admin)
    if (!sesion) throw new Error(`the admin ${admin.email} can't log in`)
    dataOf('PATCH /usuarios/:id', await ask(auth.usuarios({ id }).patch(body, as(sesion.token))))
  }

  async function changeState(
    sesion: Sesion,
    id: string,
    body: { estado: 'Completado' } | { estado: 'Cancelado'; motivo: string },
  ): Promise<boolean> {
    const answer = await ask(pedidos.pedidos({ id }).patch(body, as(sesion.token)))
    return 'data' in told('PATCH /pedidos/:id', answer, ['transicion-invalida'])
  }

  return {
    iniciarSesion,
    hacerOperador: (usuarioId) => editUser(usuarioId, { rol: 'operador' }),
    confirmarEmail: (usuarioId) => editUser(usuarioId, { emailConfirmado: true }),
    completar: (sesion, id) => changeState(sesion, id, { estado: 'Completado' }),
    cancelar: (sesion, id, motivo) => changeState(sesion, id, { estado: 'Cancelado', motivo }),

    async registrar({ email, password, nombre, telefono }) {
      const body = { email, password, nombre, ...(telefono !== undefined && { telefono }) }
      return createdOnce('POST /register', await ask(auth.register.post(body)), 'email-en-uso')
    },

    async productosPorSku() {
      const { datos } = await pages('GET /productos', (query) =>
        ask(productos.productos.get({ query })),
      )
      return new Map(datos.map(({ id, sku }) => [sku, id]))
    },

    async crearProducto(sesion, { sku, nombre, descripcion, precio, categoria, atributos }) {
      const body = { sku, nombre, descripcion, precio, categoria, atributos }
      return created('POST /productos', await ask(productos.productos.post(body, as(sesion.token))))
    },

    async existenciasDe(sesion, productoIds) {
      const found = new Set<string>()
      for (let from = 0; from < productoIds.length; from += IDS_PER_QUERY) {
        const ids = productoIds.slice(from, from + IDS_PER_QUERY).join(',')
        const { datos } = await pages('GET /inventario', (query) =>
          ask(inventario.inventario.get({ query: { ids, ...query }, ...as(sesion.token) })),
        )
        for (const { productoId } of datos) found.add(productoId)
      }
      return found
    },

    async crearExistencia(sesion, { productoId, cantidad, umbralMinimo }) {
      const body = { productoId, cantidad, umbralMinimo }
      const answer = await ask(inventario.inventario.post(body, as(sesion.token)))
      return createdOnce('POST /inventario', answer, 'inventario-existente')
    },

    async pedidosDe(sesion, clienteId) {
      const { datos, all } = await pages('GET /pedidos', (query) =>
        ask(pedidos.pedidos.get({ query: { clienteId, ...query }, ...as(sesion.token) })),
      )
      return all ? datos : null
    },

    async comprar({ token }, { idempotencyKey, lineas, ...rest }) {
      const { headers } = as(token)
      const answer = await ask(
        pedidos.pedidos.post(
          { ...rest, lineas: [...lineas] },
          { headers: { ...headers, 'idempotency-key': idempotencyKey } },
        ),
      )
      return created('POST /pedidos', answer)
    },
  }
}
