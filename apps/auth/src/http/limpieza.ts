import { telefonoLimpio } from '@encargo/service-kit/values/telephone'
import { textoLimpio } from '@encargo/service-kit/values/identity-key'

const reglas = {
  email: textoLimpio,
  nombre: textoLimpio,
  cedula: textoLimpio,
  telefono: telefonoLimpio,
}
type Personales = { readonly [campo in keyof typeof reglas]?: string | null }

/** What people say of themselves, without what came along when it was copied from elsewhere. */
export function limpios<T extends Personales>(datos: T): T {
  const pares = Object.entries(reglas).flatMap(([campo, regla]) => {
    const valor = datos[campo as keyof Personales]
    return typeof valor === 'string' ? [[campo, regla(valor)]] : []
  })
  return { ...datos, ...Object.fromEntries(pares) }
}
