import { expect } from 'bun:test'
import { admin, type Clients } from './harness.ts'

/** The data of an Eden answer, or a failure that shows the refusal. */
export function must<T>(answer: {
  data: T | null
  error: { status: unknown; value: unknown } | null
}): T {
  if (answer.error) throw new Error(`${answer.error.status}: ${JSON.stringify(answer.error.value)}`)
  if (answer.data === null) throw new Error('an answer without data')
  return answer.data
}

/** The refusal of an Eden answer: its status and `codigo`. */
export function refusal(answer: {
  error: { status: unknown; value: unknown } | null
  response?: Response | undefined
}) {
  if (!answer.error) throw new Error('expected a refusal, got an answer')
  const { status, value } = answer.error
  const codigo =
    typeof value === 'object' && value !== null && 'codigo' in value ? value.codigo : value
  return { status, codigo }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

export async function login(clients: Clients, who: { email: string; password: string }) {
  const answer = must(await clients.auth.login.post({ email: who.email, password: who.password }))
  return { headers: bearer(answer.access_token), refresh: answer.refresh_token }
}

let shoppers = 0

/** A new shopper, registered and logged in. */
export async function newShopper(clients: Clients) {
  shoppers += 1
  const who = {
    email: `compradora-${process.pid}-${shoppers}@correo.example`,
    password: `frase-larga-numero-${shoppers}-de-prueba`,
    nombre: 'Compradora de Prueba',
  }
  const user = must(await clients.auth.register.post(who))
  return { ...who, id: user.id, ...(await login(clients, who)) }
}

export const loginAdmin = (clients: Clients) => login(clients, admin)

let products = 0

/** A new product with stock; answers its id. */
export async function newProduct(
  clients: Clients,
  precio: number,
  cantidad: number,
): Promise<string> {
  products += 1
  const { headers } = await loginAdmin(clients)
  const product = must(
    await clients.productos.productos.post(
      {
        sku: `PRUEBA-${process.pid}-${products}`,
        nombre: `Producto de prueba ${products}`,
        precio,
      },
      { headers },
    ),
  )
  must(await clients.inventario.inventario.post({ productoId: product.id, cantidad }, { headers }))
  return product.id
}

/** What inventario says of a product, as staff sees it. */
export async function stockOf(clients: Clients, productoId: string) {
  const { headers } = await loginAdmin(clients)
  const stock = must(await clients.inventario.inventario({ productoId }).get({ headers }))
  return { fisico: stock.fisico, reservado: stock.reservado, disponible: stock.disponible }
}

/** From registration to an order that is completed and one that is cancelled, refusals on the way. */
export async function walkThePurchase(clients: Clients): Promise<void> {
  const shopper = await newShopper(clients)
  const staff = await loginAdmin(clients)
  const productoId = await newProduct(clients, 1250, 10)

  const bought = await clients.pedidos.pedidos.post(
    { lineas: [{ productoId, cantidad: 3, precioEsperado: 1250 }], notas: 'Sin bolsa' },
    { headers: shopper.headers },
  )
  const order = must(bought)
  expect(bought.status).toBe(201)
  expect(bought.response?.headers.get('location')).toEndWith(`/pedidos/${order.id}`)
  expect(order).toMatchObject({
    estado: 'Pendiente',
    clienteId: shopper.id,
    total: 3750,
    moneda: 'USD',
  })
  expect(order.historial.map((one) => one.estado)).toEqual(['Pendiente'])
  expect(await stockOf(clients, productoId)).toEqual({ fisico: 10, reservado: 3, disponible: 7 })

  const own = must(
    await clients.pedidos.pedidos.get({ query: { limite: 10 }, headers: shopper.headers }),
  )
  expect(own.datos.map((one) => one.id)).toEqual([order.id])

  const stranger = await newShopper(clients)
  const probe = await clients.pedidos.pedidos({ id: order.id }).get({ headers: stranger.headers })
  expect(refusal(probe)).toEqual({ status: 404, codigo: 'no-encontrado' })
  const cancelProbe = await clients.pedidos
    .pedidos({ id: order.id })
    .patch({ estado: 'Cancelado' }, { headers: stranger.headers })
  expect(refusal(cancelProbe).status).toBe(404)
  const selfService = await clients.pedidos
    .pedidos({ id: order.id })
    .patch({ estado: 'Completado' }, { headers: shopper.headers })
  expect(refusal(selfService)).toEqual({ status: 403, codigo: 'prohibido' })

  const complete = () =>
    clients.pedidos
      .pedidos({ id: order.id })
      .patch({ estado: 'Completado' }, { headers: staff.headers })
  expect(must(await complete()).estado).toBe('Completado')
  expect(must(await complete()).estado).toBe('Completado')
  expect(await stockOf(clients, productoId)).toEqual({ fisico: 7, reservado: 0, disponible: 7 })
  const tooLate = await clients.pedidos
    .pedidos({ id: order.id })
    .patch({ estado: 'Cancelado' }, { headers: shopper.headers })
  expect(refusal(tooLate)).toEqual({ status: 409, codigo: 'transicion-invalida' })

  const second = must(
    await clients.pedidos.pedidos.post(
      { lineas: [{ productoId, cantidad: 7 }] },
      { headers: shopper.headers },
    ),
  )
  const short = await clients.pedidos.pedidos.post(
    { lineas: [{ productoId, cantidad: 1 }] },
    { headers: stranger.headers },
  )
  expect(refusal(short)).toEqual({ status: 409, codigo: 'stock-insuficiente' })
  const cancel = () =>
    clients.pedidos
      .pedidos({ id: second.id })
      .patch({ estado: 'Cancelado', motivo: 'Ya no lo quiero' }, { headers: shopper.headers })
  expect(must(await cancel())).toMatchObject({ estado: 'Cancelado', motivo: 'Ya no lo quiero' })
  expect(must(await cancel()).estado).toBe('Cancelado')
  expect(await stockOf(clients, productoId)).toEqual({ fisico: 7, reservado: 0, disponible: 7 })
}

/** Lines of one product are one demand; a bad line takes nothing of a good one. */
export async function walkAllOrNothing(clients: Clients): Promise<void> {
  const shopper = await newShopper(clients)
  const plenty = await newProduct(clients, 500, 100)
  const scarce = await newProduct(clients, 900, 5)
  const buy = (lineas: { productoId: string; cantidad: number; precioEsperado?: number }[]) =>
    clients.pedidos.pedidos.post({ lineas }, { headers: shopper.headers })

  const summed = await buy([
    { productoId: scarce, cantidad: 3 },
    { productoId: plenty, cantidad: 1 },
    { productoId: scarce, cantidad: 3 },
  ])
  expect(refusal(summed)).toEqual({ status: 409, codigo: 'stock-insuficiente' })
  if (summed.error?.status === 409 && summed.error.value.codigo === 'stock-insuficiente') {
    expect(summed.error.value.faltantes).toEqual([
      { productoId: scarce, solicitado: 6, disponible: 5 },
    ])
  }
  expect(await stockOf(clients, plenty)).toEqual({ fisico: 100, reservado: 0, disponible: 100 })

  const unknown = await buy([{ productoId: Bun.randomUUIDv7(), cantidad: 1 }])
  expect(refusal(unknown)).toEqual({ status: 422, codigo: 'producto-inexistente' })
  const changed = await buy([{ productoId: plenty, cantidad: 1, precioEsperado: 499 }])
  expect(refusal(changed)).toEqual({ status: 409, codigo: 'precio-cambiado' })

  const staff = await loginAdmin(clients)
  must(
    await clients.productos
      .productos({ id: plenty })
      .patch({ activo: false }, { headers: staff.headers }),
  )
  expect(refusal(await buy([{ productoId: plenty, cantidad: 1 }])).codigo).toBe(
    'producto-inexistente',
  )
}

/** A closed account buys nothing, also with a token that is still good. */
export async function walkClosedAccount(clients: Clients): Promise<void> {
  const shopper = await newShopper(clients)
  const staff = await loginAdmin(clients)
  const productoId = await newProduct(clients, 100, 10)
  const buy = () =>
    clients.pedidos.pedidos.post(
      { lineas: [{ productoId, cantidad: 1 }] },
      { headers: shopper.headers },
    )
  must(await buy())
  must(
    await clients.auth
      .usuarios({ id: shopper.id })
      .patch({ activo: false }, { headers: staff.headers }),
  )
  expect(refusal(await buy())).toEqual({ status: 403, codigo: 'cliente-inactivo' })
}

/** Thirty-two shoppers want the last ten at the same moment: ten get one. */
export async function walkTheLastTen(clients: Clients): Promise<void> {
  const productoId = await newProduct(clients, 100, 10)
  const shoppers = await Promise.all(Array.from({ length: 4 }, () => newShopper(clients)))
  const attempts = Array.from({ length: 32 }, (_, index) => {
    const shopper = shoppers[index % shoppers.length]
    if (!shopper) throw new Error('no shopper')
    return clients.pedidos.pedidos.post(
      { lineas: [{ productoId, cantidad: 1 }] },
      { headers: shopper.headers },
    )
  })
  const answers = await Promise.all(attempts)
  const sold = answers.filter((one) => one.status === 201)
  const refused = answers.filter((one) => one.status === 409)
  expect([sold.length, refused.length]).toEqual([10, 22])
  expect(await stockOf(clients, productoId)).toEqual({ fisico: 10, reservado: 10, disponible: 0 })
}

/** A sale at the counter: staff buys for a customer and takes the goods along. */
export async function walkTheCounter(clients: Clients): Promise<void> {
  const shopper = await newShopper(clients)
  const staff = await loginAdmin(clients)
  const productoId = await newProduct(clients, 700, 4)
  const body = { lineas: [{ productoId, cantidad: 4 }], completar: true, clienteId: shopper.id }
  const order = must(await clients.pedidos.pedidos.post(body, { headers: staff.headers }))
  expect(order).toMatchObject({ estado: 'Completado', clienteId: shopper.id })
  expect(await stockOf(clients, productoId)).toEqual({ fisico: 0, reservado: 0, disponible: 0 })
  const notStaff = await clients.pedidos.pedidos.post(body, { headers: shopper.headers })
  expect(refusal(notStaff)).toEqual({ status: 403, codigo: 'prohibido' })
}
