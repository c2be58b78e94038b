import { type CorreoDebido, type TipoCorreo, vigenciaMs } from './correo.ts'

/** A mail as it is sent. */
export interface Mensaje {
  /** The same in every attempt. */
  readonly id: string
  /** In milliseconds since the epoch, likewise. */
  readonly en: number
  readonly para: string
  readonly asunto: string
  readonly texto: string
}

/** The pages that the mails link to. */
export type Paginas = Readonly<Record<TipoCorreo, string>>

const minutos = vigenciaMs.restablecer / 60_000
const horas = vigenciaMs.confirmar / 3_600_000

const textos: Record<TipoCorreo, { asunto: string; antes: string[]; despues: string[] }> = {
  restablecer: {
    asunto: 'Cambiar tu contraseña',
    antes: [
      'Alguien pidió cambiar la contraseña de tu cuenta. Si fuiste tú, abre este',
      `enlace en los próximos ${minutos} minutos; sirve una sola vez:`,
    ],
    despues: ['Si no fuiste tú, no hagas nada: tu contraseña sigue igual.'],
  },
  confirmar: {
    asunto: 'Confirmar tu correo',
    antes: [
      'Alguien creó una cuenta con esta dirección. Si fuiste tú, confirma en las',
      `próximas ${horas} horas que es tuya; el enlace sirve una sola vez:`,
    ],
    despues: [
      'Si no fuiste tú, no lo abras. La cuenta no está confirmada, y puedes hacerla',
      'tuya cuando quieras: pide cambiar la contraseña con esta dirección.',
    ],
  },
}

/**
 * What is owed as a message. Nothing stands in it that whoever has the account typed, as they may be a
 * stranger who wants to be read. The token stands behind `#`, so that no server on the way and no
 * `Referer` gets to see it; and once more on a line of its own, for mail readers that break the link.
 */
export function redactar(
  { id, tipo, email, token, creadoEn }: CorreoDebido,
  paginas: Paginas,
): Mensaje {
  const { asunto, antes, despues } = textos[tipo]
  const enlace = [`${paginas[tipo]}#token=${token}`]
  const codigo = ['Si el enlace no se abre, este es el código:', '', token]
  const partes = [['Hola:'], antes, enlace, codigo, despues]
  const texto = partes.map((parte) => `${parte.join('\n')}\n`).join('\n')
  return { id, en: creadoEn, para: email, asunto, texto }
}
