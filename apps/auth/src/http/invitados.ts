import { rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Cuentas } from '../app/cuentas.ts'
import { AccessToken, bearer, Segundos } from './acceso.ts'
import { esperar } from './demasiados.ts'
import type { FrenoRegistro } from './freno-registro.ts'
import { limpios } from './limpieza.ts'
import type { OrigenDe } from './origen.ts'
import { NuevoInvitado } from './schemas.ts'

const TokenDeInvitado = Type.Object(
  { access_token: AccessToken, token_type: bearer, expires_in: Segundos },
  { title: 'TokenDeInvitado' },
)
const respuestas = { 201: TokenDeInvitado, ...rechazos() }

export const invitadosRoutes = (
  base: ReturnType<typeof service>,
  deps: { cuentas: Cuentas; origenDe: OrigenDe; freno: FrenoRegistro | undefined },
) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/invitados',
    async ({ body, request, set }) => {
      const { direccion } = deps.origenDe(request)
      // What came by no connection is this very process.
      const esperaMs = direccion === undefined ? 0 : (deps.freno?.(direccion) ?? 0)
      if (esperaMs > 0)
        return esperar(esperaMs, set.headers, 'Hubo muchas compras sin cuenta seguidas')
      const token = await deps.cuentas.recibirInvitado(limpios(body), direccion)
      return status(201, {
        access_token: token.accessToken,
        token_type: 'Bearer' as const,
        expires_in: token.expiresIn,
      })
    },
    {
      publico: true,
      body: NuevoInvitado,
      response: respuestas,
      detail: {
        tags: ['acceso'],
        summary: 'Comprar sin cuenta',
        description:
          'Da un token de cliente con `inv: true`, para dos horas y sin renovación. El correo no se compara con el de ninguna cuenta: la respuesta es la misma para todos, y con él no se ve nada de antes. Desde una red se piden pocos seguidos.',
      },
    },
  )
