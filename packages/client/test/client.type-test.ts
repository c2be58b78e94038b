import {
  ask,
  type Client,
  type EventoPedido,
  type Pedido,
  type Problem,
  type ServiceProblem,
} from '../src/index.ts'

// Nothing here runs: it has to compile, and what is marked must not.

const never = (value: never): string => String(value)

export async function everyRefusalOfARouteCanBeNamed(client: Client): Promise<string> {
  const answer = await ask(client.pedidos.pedidos({ id: 'x' }).get())
  if (answer.ok) return answer.data.lineas.map(({ sku }) => sku).join()
  const { problem } = answer
  switch (problem.codigo) {
    case 'no-encontrado':
    case 'json-invalido':
    case 'peticion-invalida':
    case 'no-autenticado':
    case 'prohibido':
    case 'peticion-lenta':
    case 'cuerpo-demasiado-grande':
    case 'tipo-no-admitido':
    case 'demasiadas-peticiones':
    case 'error-interno':
    case 'servicio-no-disponible':
    case 'almacenamiento-no-disponible':
      return problem.detail
    case 'datos-invalidos':
      return problem.errores.map(({ campo }) => campo).join()
    case 'desconocido':
      return problem.recibido ?? ''
    case 'cancelada':
      return problem.title
    case 'sin-conexion':
      return String(problem.cause)
    default:
      return never(problem)
  }
}

export async function aForgottenCodeDoesNotCompile(client: Client): Promise<string> {
  const answer = await client.compra({ lineas: [] }).enviar()
  if (answer.ok) return answer.data.id
  const { problem } = answer
  switch (problem.codigo) {
    case 'stock-insuficiente':
      return String(problem.faltantes[0]?.disponible)
    case 'precio-cambiado':
      return String(problem.cambios[0]?.precioActual)
    default:
      // @ts-expect-error -- most codes of the route were not named
      return never(problem)
  }
}

export async function wrongFieldsDoNotCompile(client: Client): Promise<void> {
  // @ts-expect-error -- a line has a productoId
  client.compra({ lineas: [{ producto: 'x', cantidad: 1 }] })
  // @ts-expect-error -- a price is a number
  client.compra({ lineas: [{ productoId: 'x', cantidad: 1, precioEsperado: '1' }] })
  // @ts-expect-error -- there is no such filter
  await client.pedidos.pedidos.get({ query: { limite: 1, cliente: 'x' } })
  // @ts-expect-error -- there is no such call
  await client.pedidos.pagos.get()
  // @ts-expect-error -- a password is needed
  await client.login({ email: 'x' })
}

export async function eventsAreTyped(client: Client): Promise<EventoPedido | undefined> {
  for await (const evento of client.eventos()) {
    const place: string = evento.id
    // @ts-expect-error -- an event does not name the customer
    const { clienteId } = evento
    if (evento.estado === 'Cancelado') return place === clienteId ? evento : undefined
  }
  return undefined
}

/** As README.md says. */
export async function payingIsTyped(client: Client, pedido: Pedido): Promise<string | null> {
  const metodos = await ask(client.pagos['metodos-pago'].get({ query: { total: pedido.total } }))
  const metodo = metodos.ok ? metodos.data.datos[0]?.codigo : undefined
  if (metodo === undefined) return null
  const acabados = pedido.pago.cobros.filter(
    ({ estado }) => estado === 'cobrado' || estado === 'cerrado',
  )
  const headers = { 'idempotency-key': `pago ${pedido.id} ${metodo} ${acabados.length}` }
  const cobro = await ask(
    client.pagos.cobros.post({ pedidoId: pedido.id, metodo, volverA: 'x' }, { headers }),
  )
  if (!cobro.ok) return null
  const despues = await ask(client.pagos.cobros({ id: cobro.data.id }).consultar.post())
  // @ts-expect-error -- no charge has such a state
  return despues.ok && despues.data.estado === 'pagado' ? null : cobro.data.url
}

export async function eventsSayWhatHappened(client: Client): Promise<boolean> {
  for await (const { tipo } of client.eventos()) {
    // @ts-expect-error -- nothing of that name happens
    if (tipo === 'pedido.regalado') return false
    if (tipo === 'pedido.pagado' || tipo === 'reembolso.hecho') return true
  }
  return false
}

export const aRouteHasOnlyItsOwnProblems = (problem: Problem<ServiceProblem>): boolean =>
  // @ts-expect-error -- no service answers this
  problem.codigo === 'no-existe-este-codigo'
