import { type AvisoRestablecer, tokenRestablecerMs } from '../domain/restablecer.ts'
import type { Correo } from './mailer.ts'

/**
 * The token stands behind `#`, so that no server on the way and no `Referer` gets to see it; and
 * once more on a line of its own, for mail readers that break the link.
 */
export function correoRestablecer(aviso: AvisoRestablecer, pagina: string): Correo {
  const { email, nombre, token } = aviso
  const minutes = tokenRestablecerMs / 60_000
  const texto = [
    `Hola, ${nombre.replace(/\s+/g, ' ')}:`,
    '',
    'Alguien pidió cambiar la contraseña de tu cuenta. Si fuiste tú, abre este',
    `enlace en los próximos ${minutes} minutos; sirve una sola vez:`,
    '',
    `${pagina}#token=${token}`,
    '',
    'Si el enlace no se abre, este es el código:',
    '',
    token,
    '',
    'Si no fuiste tú, no hagas nada: tu contraseña sigue igual.',
    '',
  ].join('\n')
  return { para: email, asunto: 'Cambiar tu contraseña', texto }
}
