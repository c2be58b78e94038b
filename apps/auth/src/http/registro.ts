import { appOptions, type service } from '@encargo/service-kit/http/service'
import { etag } from '@encargo/service-kit/http/versions'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { Elysia } from 'elysia'
import type { Cuentas } from '../app/cuentas.ts'
import { esperar } from './demasiados.ts'
import type { FrenoRegistro } from './freno-registro.ts'
import { hashing } from './hashing.ts'
import { limpios } from './limpieza.ts'
import type { OrigenDe } from './origen.ts'
import { passwordDebil } from './password-debil.ts'
import { NuevoRegistro, UsuarioPropio, verPropio } from './schemas.ts'

const respuestas = { 201: UsuarioPropio, ...rechazos('email-en-uso', 'cedula-en-uso') }
const detalles = {
  'email-en-uso': 'Ya hay una cuenta con ese correo. Inicia sesión o recupera la contraseña.',
  'cedula-en-uso': 'Ya hay una cuenta con esa cédula. Revisa el número.',
} as const

export const registroRoutes = (
  base: ReturnType<typeof service>,
  deps: { cuentas: Cuentas; origenDe: OrigenDe; freno: FrenoRegistro | undefined },
) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/register',
    async ({ body, request, status, set }) => {
      const { direccion } = deps.origenDe(request)
      // What came by no connection is this very process.
      const esperaMs = direccion === undefined ? 0 : (deps.freno?.(direccion) ?? 0)
      if (esperaMs > 0) return esperar(esperaMs, set.headers, 'Se crearon muchas cuentas seguidas')
      const result = await hashing(deps.cuentas.registrar(limpios(body), direccion))
      if (result.tipo === 'password-debil') return passwordDebil('password', result.motivo)
      if (result.tipo !== 'creado') return rechazar(result.tipo, { detail: detalles[result.tipo] })
      const usuario = verPropio(result.usuario)
      if (!usuario) throw new Error('a user who just registered has no data')
      set.headers['location'] = '/me'
      set.headers['etag'] = etag(result.usuario.version)
      return status(201, usuario)
    },
    {
      publico: true,
      body: NuevoRegistro,
      response: respuestas,
      detail: {
        tags: ['acceso'],
        summary: 'Crear una cuenta de cliente',
        description:
          'Al correo le llega un enlace con el que se confirma que es suyo. Se compara sin distinguir mayúsculas. La contraseña tiene de 8 a 128 caracteres cualesquiera; se rechazan las más usadas y las que se adivinan por el correo o el nombre. Desde una red se crean pocas cuentas seguidas.',
      },
    },
  )
