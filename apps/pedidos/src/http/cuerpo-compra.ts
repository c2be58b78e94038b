import { facturacionLimpia } from '@encargo/service-kit/http/facturacion'
import { fieldProblem } from '@encargo/service-kit/http/schemas'
import { esPersonal } from '@encargo/service-kit/identity/access'
import type { Identidad } from '@encargo/service-kit/identity/tokens'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'
import { telefonoLimpio } from '@encargo/service-kit/values/telephone'
import type { Static } from '@sinclair/typebox'
import {
  cantidadMaxima,
  clienteDePaso,
  reunirLineas,
  type Solicitud,
  type Trato,
} from '../domain/compra.ts'
import type { Contacto } from '../domain/condiciones.ts'
import { esInvitado } from './quien.ts'
import type { NuevoPedido } from './schemas.ts'
import { cuponLimpio } from './venta-schemas.ts'

// What somebody wants to buy, out of what they sent.

export type Cuerpo = Static<typeof NuevoPedido>

/** Lines that name one product are one line of the order, which has the bound of a line. */
export function comprobarSumas(lineas: Solicitud['lineas']): void {
  if (lineas.length === 1) return
  const excedida = reunirLineas(lineas).find(({ cantidad }) => cantidad > cantidadMaxima)
  if (excedida === undefined) return
  throw fieldProblem('lineas', `suman más de ${cantidadMaxima} del producto ${excedida.productoId}`)
}

/** Without what came along when it was copied from elsewhere. */
function direccionLimpia(direccion: NonNullable<Cuerpo['direccionEnvio']>) {
  const { telefono } = direccion
  const nombre = textoLimpio(direccion.nombre)
  if (telefono === undefined) return { ...direccion, nombre }
  return { ...direccion, nombre, telefono: telefonoLimpio(telefono) }
}

const contactoLimpio = ({ nombre, email, telefono }: Contacto): Contacto => ({
  nombre: textoLimpio(nombre),
  ...(email === undefined ? {} : { email: textoLimpio(email) }),
  ...(telefono === undefined ? {} : { telefono: telefonoLimpio(telefono) }),
})

/** Somebody at the counter who gives no name. */
const esDePaso = ({ canal, completar, clienteId }: Cuerpo, identidad: Identidad) =>
  canal === 'mostrador' && completar === true && clienteId === undefined && esPersonal(identidad)

/** What is said of an order beyond its lines, if anything is. */
function tratoDe(body: Cuerpo, identidad: Identidad, dePaso: boolean): Trato | undefined {
  const { contacto, facturacion, metodoEnvio, cupon, totalEsperado, idioma, canal } = body
  const invitado = esInvitado(identidad)
  const dichos = [contacto, facturacion, metodoEnvio, cupon, totalEsperado, idioma, canal]
  if (!invitado && dichos.every((uno) => uno === undefined)) return undefined
  return {
    contacto: contacto ? contactoLimpio(contacto) : null,
    facturacion: facturacion ? facturacionLimpia(facturacion, 'facturacion') : null,
    metodoEnvio,
    cupon: cupon === undefined ? undefined : cuponLimpio(cupon),
    idioma: idioma ?? null,
    canal: canal ?? null,
    invitado,
    cliente: invitado || dePaso ? 'sin-cuenta' : 'con-cuenta',
    totalEsperado,
  }
}

/** @throws ProblemError 422 for what no schema can express */
export function aSolicitud(body: Cuerpo, identidad: Identidad): Solicitud {
  const { lineas, notas, direccionEnvio, completar = false } = body
  comprobarSumas(lineas)
  const dePaso = esDePaso(body, identidad)
  const trato = tratoDe(body, identidad, dePaso)
  return {
    compradorId: identidad.id,
    clienteId: dePaso ? clienteDePaso : (body.clienteId ?? identidad.id),
    lineas,
    notas: notas || null,
    direccionEnvio: direccionEnvio ? direccionLimpia(direccionEnvio) : null,
    completar,
    delPersonal: esPersonal(identidad),
    metodoPago: body.pago?.metodo,
    ...(trato ? { trato } : {}),
  }
}
