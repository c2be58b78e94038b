import type {
  Cotizacion,
  DireccionGuardada,
  Facturacion,
  Invitado,
  MetodoEnvio,
  NuevoPedido,
  PorCotizar,
} from '@encargo/client'
import { tiposDe } from '@encargo/service-kit/values/identificacion'
import type { Cesta } from '../../cesta/cesta.ts'
import type { Idioma } from '../../textos/tipo.ts'
import type { Borrador, CampoBorrador } from './borrador.ts'
import { lineasDe, totalVisto } from './comprar.ts'

// What a shopper agrees with the shop beyond the basket: plain functions of what stands in the form.

/** Who buys: somebody with an account, or a guest, who is asked for the same in the form. */
export type Comprador =
  | { readonly tipo: 'invitado' }
  | {
      readonly tipo: 'cuenta'
      readonly nombre: string
      readonly email: string
      readonly telefono: string | null
      readonly direcciones: readonly DireccionGuardada[]
      readonly facturaciones: readonly Facturacion[]
    }

export type Direccion = NonNullable<NuevoPedido['direccionEnvio']>
type Entrega = MetodoEnvio['tipo']

/** What is filled in of these, without the spaces around it. */
function llenos<C extends CampoBorrador>(
  datos: Borrador,
  campos: readonly C[],
): Partial<Record<C, string>> {
  const pares = campos.map((campo) => [campo, datos[campo]?.trim() ?? ''])
  return Object.fromEntries(pares.filter(([, valor]) => valor !== '')) as Partial<Record<C, string>>
}

const de = (datos: Borrador, campo: CampoBorrador) => datos[campo]?.trim() ?? ''

/** Sent or fetched: what was chosen, where the shop has both. */
export function entregaDe(datos: Borrador, metodos: readonly MetodoEnvio[]): Entrega {
  const tipos = new Set(metodos.map(({ tipo }) => tipo))
  if (tipos.size === 1) return tipos.has('retiro') ? 'retiro' : 'domicilio'
  return datos.entrega === 'retiro' ? 'retiro' : 'domicilio'
}

/** The saved address that was chosen, the default one as long as nothing was. */
export function guardadaElegida(
  datos: Borrador,
  comprador: Comprador,
): DireccionGuardada | undefined {
  if (comprador.tipo === 'invitado' || datos.direccion === 'otra') return undefined
  const { direcciones } = comprador
  return direcciones.find(({ id }) => id === datos.direccion) ?? direcciones[0]
}

/** What tells kept invoice data from others. */
export const claveFactura = ({
  identificacion: { pais, tipo, numero },
  razonSocial,
}: Facturacion) => [pais, tipo, numero, razonSocial].join(' ')

/** The kept invoice data that were chosen out of several, the first of them as long as none were. */
export function facturaElegida(datos: Borrador, comprador: Comprador): Facturacion | undefined {
  if (comprador.tipo === 'invitado' || datos.factura === 'otra') return undefined
  const { facturaciones } = comprador
  if (facturaciones.length < 2) return undefined
  return facturaciones.find((una) => claveFactura(una) === datos.factura) ?? facturaciones[0]
}

export function invitadoDe(datos: Borrador): Invitado {
  const telefono = de(datos, 'contactoTelefono')
  const quien = { nombre: de(datos, 'contactoNombre'), email: de(datos, 'contactoEmail') }
  return telefono === '' ? quien : { ...quien, telefono }
}

/** Whether somebody is named to whom it goes; else it goes to the guest who has named themselves already. */
export const conDestinatario = (datos: Borrador, comprador: Comprador): boolean =>
  comprador.tipo === 'cuenta' || datos.paraOtro === 'si'

function escrita(datos: Borrador, comprador: Comprador): Direccion {
  const calle = de(datos, 'calle')
  const [ciudad, pais] = [de(datos, 'ciudad'), de(datos, 'pais')]
  const resto = llenos(datos, ['referencia', 'provincia', 'codigoPostal'])
  const { nombre, telefono } = conDestinatario(datos, comprador)
    ? { nombre: de(datos, 'nombre'), ...llenos(datos, ['telefono']) }
    : invitadoDe(datos)
  return { nombre, calle, ciudad, pais, ...resto, ...(telefono ? { telefono } : {}) }
}

export function direccionDe(datos: Borrador, comprador: Comprador): Direccion {
  const guardada = guardadaElegida(datos, comprador)
  if (!guardada) return escrita(datos, comprador)
  const { id: _, alias: __, predeterminada: ___, ...direccion } = guardada
  return direccion
}

/** What a quote has to know, once it is known where something goes. */
export function porCotizar(
  cesta: Cesta,
  datos: Borrador,
  { comprador, metodos }: { comprador: Comprador; metodos: readonly MetodoEnvio[] },
): PorCotizar {
  const { pais, provincia } = direccionDe(datos, comprador)
  const porProvincia = metodos.some(({ zonas }) => zonas.some(({ provincias }) => provincias))
  const aDomicilio = metodos.length > 0 && entregaDe(datos, metodos) === 'domicilio'
  const lugar = { pais, ...(porProvincia && provincia ? { provincia } : {}) }
  const metodo = metodos.find(({ codigo }) => codigo === datos.metodo)
  const elegido = metodo?.tipo === entregaDe(datos, metodos) ? metodo.codigo : undefined
  const cupon = de(datos, 'cupon')
  return {
    lineas: cesta.map(({ productoId, cantidad }) => ({ productoId, cantidad })),
    ...(aDomicilio && pais !== '' ? { direccionEnvio: lugar } : {}),
    ...(elegido === undefined ? {} : { metodoEnvio: elegido }),
    ...(cupon === '' ? {} : { cupon }),
  }
}

/** What it comes to at the prices that the shopper saw. */
export const totalCon = (cesta: Cesta, cotizacion: Cotizacion | undefined): number =>
  totalVisto(cesta) + (cotizacion ? cotizacion.envioImporte - cotizacion.descuento : 0)

/** The document that the invoice names; of its country's, the first one as long as none was chosen. */
export function identificacionDe(datos: Borrador): Facturacion['identificacion'] {
  const pais = de(datos, 'paisDocumento')
  const tipos = tiposDe(pais)
  const tipo = tipos.find((uno) => uno === datos.tipo) ?? tipos[0] ?? 'otro'
  return { pais, tipo, numero: de(datos, 'numero') }
}

/** Whom the invoice is made out to; undefined for a final consumer. */
export function facturacionDe(datos: Borrador, comprador: Comprador): Facturacion | undefined {
  if (datos.conFactura !== 'si') return undefined
  const elegida = facturaElegida(datos, comprador)
  if (elegida) return elegida
  const [direccion, email] = [de(datos, 'facturaDireccion'), de(datos, 'facturaEmail')]
  return {
    identificacion: identificacionDe(datos),
    razonSocial: de(datos, 'razonSocial'),
    ...(direccion === '' ? {} : { direccion }),
    ...(email === '' ? {} : { email }),
  }
}

function contactoDe(datos: Borrador, comprador: Comprador): Invitado {
  if (comprador.tipo === 'invitado') return invitadoDe(datos)
  const { nombre, email, telefono } = comprador
  return { nombre, email, ...(telefono === null ? {} : { telefono }) }
}

interface Acuerdo {
  readonly comprador: Comprador
  readonly metodos: readonly MetodoEnvio[]
  readonly cotizacion: Cotizacion | undefined
  /** What was shown to them. */
  readonly total: number
  readonly idioma: Idioma
  /** The code of how it is to be paid, where the shop takes payments. */
  readonly metodoPago?: string | undefined
}

/** The order as it is sent. */
export function pedidoDe(cesta: Cesta, datos: Borrador, acuerdo: Acuerdo): NuevoPedido {
  const { comprador, metodos, cotizacion, total, idioma, metodoPago } = acuerdo
  const facturacion = facturacionDe(datos, comprador)
  const notas = de(datos, 'notas')
  const metodo = cotizacion?.metodoEnvio?.codigo
  const cupon = cotizacion?.cupon
  const aDomicilio = entregaDe(datos, metodos) === 'domicilio'
  return {
    lineas: lineasDe(cesta),
    ...(aDomicilio ? { direccionEnvio: direccionDe(datos, comprador) } : {}),
    ...(notas === '' ? {} : { notas }),
    contacto: contactoDe(datos, comprador),
    ...(facturacion ? { facturacion } : {}),
    ...(metodo === undefined ? {} : { metodoEnvio: metodo }),
    ...(cupon ? { cupon } : {}),
    ...(metodoPago === undefined ? {} : { pago: { metodo: metodoPago } }),
    totalEsperado: total,
    idioma,
    canal: 'web',
  }
}

/** In which step of the checkout something still has to be filled in; undefined: in none. */
export function pasoPendiente(
  datos: Borrador,
  comprador: Comprador,
  metodos: readonly MetodoEnvio[],
) {
  const deContacto = ['contactoNombre', 'contactoEmail', 'contactoTelefono'] as const
  const deEnvio = [
    ...(datos.paraOtro === 'si' ? (['nombre'] as const) : []),
    ...(['calle', 'ciudad', 'pais'] as const),
  ]
  const aDomicilio = entregaDe(datos, metodos) === 'domicilio'
  const pedidos = [
    ...(comprador.tipo === 'invitado' ? deContacto : []),
    ...(aDomicilio && !guardadaElegida(datos, comprador) ? deEnvio : []),
  ]
  if (pedidos.some((campo) => de(datos, campo) === '')) return 1
  const factura = facturacionDe(datos, comprador)
  const falta = factura && (factura.identificacion.numero === '' || factura.razonSocial === '')
  return falta ? 2 : undefined
}

const porCampo: Readonly<Record<string, CampoBorrador>> = {
  'contacto.nombre': 'contactoNombre',
  'contacto.email': 'contactoEmail',
  'contacto.telefono': 'contactoTelefono',
  'facturacion.identificacion.pais': 'paisDocumento',
  'facturacion.direccion': 'facturaDireccion',
  'facturacion.email': 'facturaEmail',
  metodoEnvio: 'metodo',
  // Of `POST /invitados`.
  nombre: 'contactoNombre',
  email: 'contactoEmail',
  telefono: 'contactoTelefono',
}

/** The control of what a service names. */
export const controlDe = (campo: string): string =>
  porCampo[campo] ?? campo.split('.').at(-1) ?? campo
