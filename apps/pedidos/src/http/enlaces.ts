import { jwt } from '@elysiajs/jwt'
import { Type } from '@sinclair/typebox'
import type { Enlaces } from '../ports/enlaces.ts'

const buenoMs = 180 * 24 * 60 * 60 * 1000
const Contenido = Type.Object({ sub: Type.String(), vuelta: Type.Integer({ minimum: 0 }) })

/** Links as tokens of this service alone (RFC 7519, HS256): it signs what it reads. */
export function createEnlaces(secreto: string): Enlaces {
  const { enlace } = jwt({
    name: 'enlace',
    secret: secreto,
    iat: false,
    schema: Contenido,
  }).decorator
  return {
    firmar: ({ pedidoId, vuelta }, desde) =>
      enlace.sign({ sub: pedidoId, vuelta, exp: Math.floor((desde + buenoMs) / 1000) }),
    async leer(token, ahora) {
      const currentDate = new Date(ahora)
      const leido = await enlace.verify(token, { currentDate, algorithms: ['HS256'] })
      return leido ? { pedidoId: leido.sub, vuelta: leido.vuelta } : undefined
    },
  }
}
