import type { AuthApp } from '@encargo/auth'
import { exigir } from '@encargo/service-kit/peer/answers'
import { type CallContext, callHeaders } from '@encargo/service-kit/peer/call-context'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import { Type } from '@sinclair/typebox'
import type { Cara } from '../domain/cara.ts'
import type { client } from './peer.ts'

const oNull = Type.Union([Type.String(), Type.Null()])
const esTienda = shape(
  Type.Object({
    nombre: Type.String(),
    idioma: Type.Union([Type.Literal('es'), Type.Literal('en')]),
    zonaHoraria: Type.String(),
    colores: Type.Object({ principal: oNull }),
    contacto: Type.Object({ email: oNull, telefono: oNull, direccion: oNull, horario: oNull }),
    version: Type.Integer(),
  }),
)

/** What auth calls a shop that has not said its name. */
const sinNombre = 'Tienda'

/** What auth tells everybody of the shop. */
export async function leerCara(
  auth: ReturnType<typeof client<AuthApp>>,
  call: CallContext,
): Promise<Cara> {
  const headers = callHeaders(call)
  const { nombre, idioma, zonaHoraria, colores, contacto } = exigir(
    'auth',
    await ask('auth', auth.tienda.get({ headers }), esTienda),
  )
  const { email, telefono, direccion, horario } = contacto
  return {
    nombre: nombre === sinNombre ? null : nombre,
    idioma,
    zonaHoraria,
    color: colores.principal,
    email,
    telefono,
    direccion,
    horario,
  }
}
