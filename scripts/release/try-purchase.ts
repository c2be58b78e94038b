import { createClient, unwrap } from '@encargo/client'

/** The first product of a new shop, and somebody who buys it. Answers the order's number. */
export async function buyFirst(
  origin: string,
  admin: { readonly email: string; readonly password: string },
): Promise<number> {
  const staff = createClient({ origin })
  const login = await staff.login(admin)
  if (!login.ok) throw new Error(`the administrator of .env cannot log in: ${login.problem.detail}`)
  const product = { sku: 'PAN-1', nombre: 'Pan de yuca', precio: 125 }
  const { id } = await unwrap(staff.productos.productos.post(product))
  await unwrap(staff.inventario.inventario.post({ productoId: id, cantidad: 10 }))

  const shopper = createClient({ origin })
  const account = { email: 'rosa@correo.example', password: 'una-frase-larga-y-mia' }
  await unwrap(shopper.auth.register.post({ ...account, nombre: 'Rosa Peralta' }))
  await shopper.login(account)
  const lineas = [{ productoId: id, cantidad: 2, precioEsperado: product.precio }]
  const compra = await shopper.compra({ lineas }).enviar()
  if (compra.ok) return compra.data.numero
  throw new Error(`the first purchase was refused: ${compra.problem.detail}`)
}
