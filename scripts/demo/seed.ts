import { ask, type Client } from '@encargo/client'
import { atMost } from '@encargo/service-kit/async/at-most'
import { allOf, dataOf, told } from './answers.ts'
import { catalogo, type ProductoDemo } from './catalogo.ts'
import {
  type Compradores,
  CONCURRENCY,
  type Corrida,
  type Persona,
  type Recuento,
  type SeedOptions,
  type SeedReport,
} from './corrida.ts'
import { type CuentaDemo, cuentas } from './cuentas.ts'
import { pedidos } from './pedidos.ts'
import { asegurarCara } from './seed-cara.ts'
import { metodosPago } from './pagos.ts'
import { asegurarMetodosPago } from './seed-pagos.ts'
import { asegurarPedidos } from './seed-pedidos.ts'
import { asegurarLibreta, asegurarVenta } from './seed-venta.ts'
import { impuestos, metodos } from './venta.ts'

/** Ids in one query, so that its URL stays under 4 KiB. */
const IDS_PER_QUERY = 50

const ninguno = (): Recuento => ({ creados: 0, existentes: 0, omitidos: 0 })

/**
 * Fills an Encargo with the demo shop. Each thing is looked up before it is made, so a second run,
 * or one after a crash at any point, makes only what is missing. What a developer has changed
 * (a password, an archived product, an order that ended otherwise) is left alone and reported.
 *
 * @throws Error for a service that is away or refuses what it should not, once the requests under way
 * have ended
 */
export async function seedDemo(options: SeedOptions): Promise<SeedReport> {
  const { report, sinPedidos, banco } = options
  const resultado = {
    cuentas: ninguno(),
    tienda: ninguno(),
    venta: ninguno(),
    libreta: ninguno(),
    productos: ninguno(),
    existencias: ninguno(),
    pedidos: ninguno(),
  }
  let entrado: Promise<Persona> | undefined
  const corrida = { ...options, resultado, admin: () => (entrado ??= entrarDeAdmin(options)) }
  const compradores = await asegurarCuentas(corrida)
  if (!compradores) {
    resultado.tienda.omitidos = resultado.libreta.omitidos = 1
    resultado.venta.omitidos = impuestos.length + metodos.length + 2
    if (banco) resultado.venta.omitidos += metodosPago.length
    resultado.productos.omitidos = resultado.existencias.omitidos = catalogo.length
    resultado.pedidos.omitidos = pedidos.length
    return resultado
  }
  report(`demo accounts: ${resumen(resultado.cuentas)}`)
  const antes = [
    () => asegurarCara(corrida),
    () => asegurarVenta(corrida, compradores.operador),
    ...(banco ? [() => asegurarMetodosPago(corrida, compradores.operador)] : []),
    () => asegurarLibreta(corrida, compradores.cliente),
  ]
  await atMost(antes.length, antes, (una) => una())
  report(`demo shop: ${resumen(resultado.tienda)}`)
  report(`demo taxes, shipping, coupon, mails and ways to pay: ${resumen(resultado.venta)}`)
  report(`demo address book: ${resumen(resultado.libreta)}`)
  const ids = await asegurarCatalogo(corrida, compradores.operador)
  report(`demo products: ${resumen(resultado.productos)}`)
  report(`demo stock: ${resumen(resultado.existencias)}`)
  if (sinPedidos) return resultado
  await asegurarPedidos(corrida, compradores, ids)
  report(`demo orders: ${resumen(resultado.pedidos)}`)
  return resultado
}

/** Null when the account takes no login with this password. */
async function entrar(
  { newClient }: Pick<SeedOptions, 'newClient'>,
  { email, password }: SeedOptions['admin'],
): Promise<Persona | null> {
  const client = newClient()
  const entrada = told('POST /login', await client.login({ email, password }), [401, 403])
  if ('rechazo' in entrada) return null
  const { id, rol, emailConfirmado } = dataOf('GET /me', await ask(client.auth.me.get()))
  return { client, id, rol, emailConfirmado }
}

async function entrarDeAdmin(options: SeedOptions): Promise<Persona> {
  const admin = await entrar(options, options.admin)
  if (!admin) throw new Error(`the admin ${options.admin.email} can't log in`)
  return admin
}

/** As the admin, who vouches for an address that gets no mail; tokens of before keep the old role. */
async function editar(
  corrida: Corrida,
  id: string,
  cambio: { rol: 'operador' } | { emailConfirmado: true },
): Promise<void> {
  const admin = await corrida.admin()
  dataOf('PATCH /usuarios/:id', await ask(admin.client.auth.usuarios({ id }).patch(cambio)))
}

/** Whether anything is for sale. */
async function vendeAlgo({ newClient }: Corrida): Promise<boolean> {
  const query = { limite: 1 }
  const { datos } = dataOf(
    'GET /productos',
    await ask(newClient().productos.productos.get({ query })),
  )
  return datos.length > 0
}

/**
 * The shopper and the operator, logged in; null when one of them no longer takes its password, and in a shop
 * that sells things and knows neither: it is somebody's real one, and their passwords are public.
 */
async function asegurarCuentas(corrida: Corrida): Promise<Compradores | null> {
  const dos = [cuentas.cliente, cuentas.operador] as const
  const antes = await Promise.all(dos.map((cuenta) => entrar(corrida, cuenta)))
  if (antes.every((una) => una === null) && (await vendeAlgo(corrida))) {
    corrida.resultado.cuentas.omitidos = dos.length
    corrida.report('this shop sells things of its own, and is left as it is')
    return null
  }
  const [cliente, operador] = await Promise.all(
    dos.map((cuenta, n) => asegurarCuenta(corrida, cuenta, antes[n] ?? null)),
  )
  if (!cliente || !operador) return null
  if (operador.rol !== 'cliente') return { cliente, operador }
  await editar(corrida, operador.id, { rol: 'operador' })
  const ascendido = await entrar(corrida, cuentas.operador)
  return ascendido && { cliente, operador: ascendido }
}

async function asegurarCuenta(
  corrida: Corrida,
  cuenta: CuentaDemo,
  antes: Persona | null,
): Promise<Persona | null> {
  const { newClient, report, resultado } = corrida
  const { email, password, nombre, telefono } = cuenta
  const body = { email, password, nombre, ...(telefono !== undefined && { telefono }) }
  if (!antes) {
    told('POST /register', await ask(newClient().auth.register.post(body)), ['email-en-uso'])
  }
  const persona = antes ?? (await entrar(corrida, cuenta))
  if (persona) {
    if (!persona.emailConfirmado) await editar(corrida, persona.id, { emailConfirmado: true })
    resultado.cuentas[antes ? 'existentes' : 'creados']++
    return persona
  }
  resultado.cuentas.omitidos++
  report(`${email} no longer takes its demo password: the demo data is left as it is`)
  return null
}

/** Every product with its stock; answers the ids by SKU of those that can be bought. */
async function asegurarCatalogo(corrida: Corrida, operador: Persona): Promise<Map<string, string>> {
  const { resultado } = corrida
  const aLaVenta = await productosPorSku(operador)
  const conocidos = catalogo.flatMap(({ sku }) => aLaVenta.get(sku) ?? [])
  const conExistencia = await existenciasDe(operador, conocidos)
  const ids = new Map<string, string>()
  await atMost(CONCURRENCY, catalogo, async ({ existencia, umbralMinimo, ...producto }) => {
    const id = aLaVenta.get(producto.sku) ?? (await crear(corrida, operador, producto))
    if (id === null) return
    if (conExistencia.has(id)) resultado.existencias.existentes++
    else
      await abrirExistencia(corrida, operador, {
        productoId: id,
        cantidad: existencia,
        umbralMinimo,
      })
    ids.set(producto.sku, id)
  })
  resultado.productos.existentes = conocidos.length
  return ids
}

async function productosPorSku({ client }: Persona): Promise<ReadonlyMap<string, string>> {
  const datos = await allOf('GET /productos', (query) =>
    ask(client.productos.productos.get({ query })),
  )
  if (datos) return new Map(datos.map(({ id, sku }) => [sku, id]))
  throw new Error('there are more products than the demo data is looked for among')
}

/** Which of these products have stock on record. */
async function existenciasDe({ client }: Persona, productoIds: readonly string[]) {
  const found = new Set<string>()
  for (let from = 0; from < productoIds.length; from += IDS_PER_QUERY) {
    const ids = productoIds.slice(from, from + IDS_PER_QUERY).join(',')
    const query = { ids, limite: IDS_PER_QUERY }
    const answer = await ask(client.inventario.inventario.get({ query }))
    for (const { productoId } of dataOf('GET /inventario', answer).datos) found.add(productoId)
  }
  return found
}

async function crear(
  { report, resultado }: Corrida,
  { client }: Persona,
  body: Omit<ProductoDemo, 'existencia' | 'umbralMinimo'>,
): Promise<string | null> {
  const { sku } = body
  const answer = await ask(client.productos.productos.post(body))
  const creacion = told('POST /productos', answer, ['sku-en-uso'])
  if ('data' in creacion) {
    resultado.productos.creados++
    return creacion.data.id
  }
  report(`${sku} is left alone, it exists and may be archived (${creacion.rechazo})`)
  resultado.productos.omitidos++
  resultado.existencias.omitidos++
  return null
}

async function abrirExistencia(
  { resultado }: Corrida,
  { client }: Persona,
  nueva: Parameters<Client['inventario']['inventario']['post']>[0],
): Promise<void> {
  const answer = await ask(client.inventario.inventario.post(nueva))
  const hecho = told('POST /inventario', answer, ['inventario-existente'])
  resultado.existencias['data' in hecho ? 'creados' : 'existentes']++
}

function resumen({ creados, existentes, omitidos }: Recuento): string {
  const partes = [`${creados} created`, `${existentes} already there`]
  if (omitidos > 0) partes.push(`${omitidos} left alone`)
  return partes.join(', ')
}
