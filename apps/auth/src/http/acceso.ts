import { appOptions, type service } from '@encargo/service-kit/http/service'
import { cerrado } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { tokenEndpoint } from '@encargo/service-kit/http/oauth-errors'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Acceso, EntradaServicio, Renovar, TokensDeUsuario } from '../app/acceso.ts'
import { clienteDe, clienteRechazado, peticionInvalida, retoBasic } from './cliente-oauth.ts'
import { demasiadosIntentos } from './demasiados.ts'
import type { OrigenDe } from './origen.ts'
import { hashing } from './hashing.ts'
import { parametrosDe, PedirToken, RefreshToken } from './peticion-token.ts'
import { Email, PasswordDada } from './schemas.ts'

const Login = cerrado({ email: Email, password: PasswordDada }, 'Login')
const Logout = cerrado({ refresh_token: RefreshToken }, 'Logout')
export const bearer = Type.Literal('Bearer')
export const AccessToken = Type.String({
  description: 'Un JWT',
  examples: ['eyJ0eXAiOiJhdCtqd3QiLCJ…'],
})
export const Segundos = Type.Integer({ description: 'segundos', examples: [600] })
const Tokens = Type.Object(
  {
    access_token: AccessToken,
    token_type: bearer,
    expires_in: Segundos,
    refresh_token: RefreshToken,
  },
  { title: 'Tokens' },
)
const TokenEmitido = Type.Object(
  {
    access_token: AccessToken,
    token_type: bearer,
    expires_in: Segundos,
    refresh_token: Type.Optional(RefreshToken),
    scope: Type.Optional(Type.String({ examples: ['pedidos:cobrar'] })),
  },
  { title: 'TokenEmitido' },
)

const respuestasLogin = { 200: Tokens, ...rechazos('credenciales-invalidas') }
const respuestasToken = {
  200: TokenEmitido,
  ...rechazos(
    'credenciales-invalidas',
    'token-invalido',
    'token-reutilizado',
    'scope-invalido',
    'peticion-token-invalida',
  ),
}
const respuestasLogout = { 204: Type.Void(), ...rechazos() }

/** RFC 6749, 5.1. */
function tokenResponse({ accessToken, refreshToken, expiresIn }: TokensDeUsuario) {
  return {
    access_token: accessToken,
    token_type: 'Bearer' as const,
    expires_in: expiresIn,
    refresh_token: refreshToken,
  }
}

function answerRenewal(result: Renovar) {
  if (result.tipo === 'tokens') return tokenResponse(result)
  if (result.tipo === 'reutilizado') {
    const detail =
      'Ese token ya se había canjeado, así que su sesión queda cerrada. Vuelve a iniciar sesión.'
    return rechazar('token-reutilizado', { detail, error: 'invalid_grant' })
  }
  const detail = 'El token de renovación no existe o su sesión terminó. Vuelve a iniciar sesión.'
  return rechazar('token-invalido', { detail, error: 'invalid_grant' })
}

function answerService(result: EntradaServicio) {
  if (result.tipo === 'token') {
    return {
      access_token: result.accessToken,
      token_type: 'Bearer' as const,
      expires_in: result.expiresIn,
      scope: result.scopes.join(' '),
    }
  }
  if (result.tipo === 'scope-invalido') {
    const detail = 'La cuenta de servicio no tiene alguno de los permisos pedidos en scope.'
    return rechazar('scope-invalido', { detail, error: 'invalid_scope' })
  }
  return clienteRechazado()
}

interface AccesoRoutesDeps {
  readonly acceso: Acceso
  readonly origenDe: OrigenDe
}

export const accesoRoutes = (
  base: ReturnType<typeof service>,
  { acceso, origenDe }: AccesoRoutesDeps,
) =>
  new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/login',
      async ({ body, request, set }) => {
        set.headers['cache-control'] = 'no-store'
        const result = await hashing(acceso.entrar(body, origenDe(request)))
        if (result.tipo === 'tokens') return tokenResponse(result)
        if (result.tipo === 'demasiados-intentos') {
          return demasiadosIntentos(result.esperaMs, set.headers)
        }
        return rechazar('credenciales-invalidas', {
          detail: 'El correo o la contraseña no son correctos. Revísalos e inténtalo de nuevo.',
        })
      },
      {
        publico: true,
        body: Login,
        response: respuestasLogin,
        detail: {
          tags: ['acceso'],
          summary: 'Iniciar sesión',
          description:
            'Da un token de acceso de 10 minutos y uno de renovación. Un correo desconocido, una contraseña errónea y una cuenta cerrada dan la misma respuesta.',
        },
      },
    )
    .post(
      tokenEndpoint,
      async ({ body, request, set }) => {
        set.headers['cache-control'] = 'no-store'
        const header = request.headers.get('authorization')
        const cliente = clienteDe(header, body)
        if (cliente.tipo === 'sobra' || cliente.tipo === 'dos-metodos') {
          return peticionInvalida(cliente.tipo)
        }
        if (body.grant_type === 'refresh_token') {
          return answerRenewal(await acceso.renovar(body.refresh_token, origenDe(request)))
        }
        const result =
          cliente.tipo === 'credenciales'
            ? await acceso.entrarServicio(
                { ...cliente.credenciales, scope: body.scope },
                origenDe(request),
              )
            : ({ tipo: 'credenciales-invalidas' } as const)
        if (result.tipo === 'credenciales-invalidas' && header !== null) {
          set.headers['www-authenticate'] = retoBasic
        }
        return answerService(result)
      },
      {
        publico: 'con-basic',
        transform(context) {
          context.body = parametrosDe(context.body)
        },
        body: PedirToken,
        response: respuestasToken,
        detail: {
          'x-formulario': true,
          tags: ['acceso'],
          summary: 'Renovar la sesión, o token de una cuenta de servicio',
          description:
            'En application/x-www-form-urlencoded (RFC 6749) o en JSON; los parámetros que no conoce se ignoran. Una cuenta de servicio se identifica con client_id y client_secret en el cuerpo o con Authorization: Basic (RFC 6749, 2.3.1), no con ambos. Un refresh_token sirve una sola vez: usarlo de nuevo en 30 segundos da otra vez el que le sigue, y más tarde cierra toda su sesión. Los rechazos son application/json con error y error_description (RFC 6749, 5.2) junto a los miembros de siempre.',
        },
      },
    )
    .post(
      '/logout',
      async ({ body, request }) => {
        await acceso.salir(body.refresh_token, origenDe(request))
        return status(204, undefined)
      },
      {
        publico: true,
        body: Logout,
        response: respuestasLogout,
        detail: {
          tags: ['acceso'],
          summary: 'Cerrar la sesión de un token de renovación',
          description: 'Responde lo mismo si el token no existe o ya no sirve (RFC 7009).',
        },
      },
    )
