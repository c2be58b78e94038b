import { type TipoCorreo, vigenciaMs } from './correo.ts'
import type { Idioma } from './tienda.ts'

const minutos = vigenciaMs.restablecer / 60_000
const horasInvitacion = vigenciaMs.invitar / 3_600_000
const horas = vigenciaMs.confirmar / 3_600_000

/** What a mail says, in lines; `tienda` is the shop's name, where it has said one. */
export interface TextosCorreo {
  readonly asunto: (tienda: string | null) => string
  readonly antes: (tienda: string | null) => string[]
  readonly despues: readonly string[]
}

interface Lengua {
  readonly saludo: string
  readonly codigo: string
  readonly mensajes: Readonly<Record<TipoCorreo, TextosCorreo>>
}

const where = (preposition: string) => (tienda: string | null) =>
  tienda === null ? '' : ` ${preposition} ${tienda}`
const [en, at] = [where('en'), where('at')]

const spanish: Lengua = {
  saludo: 'Hola:',
  codigo: 'Si el enlace no se abre, este es el código:',
  mensajes: {
    restablecer: {
      asunto: (tienda) => `Cambiar tu contraseña${en(tienda)}`,
      antes: (tienda) => [
        `Alguien pidió cambiar la contraseña de tu cuenta${en(tienda)}.`,
        `Si fuiste tú, abre este enlace en los próximos ${minutos} minutos; sirve una sola vez:`,
      ],
      despues: ['Si no fuiste tú, no hagas nada: tu contraseña sigue igual.'],
    },
    confirmar: {
      asunto: (tienda) => `Confirmar tu correo${en(tienda)}`,
      antes: (tienda) => [
        `Alguien creó una cuenta con esta dirección${en(tienda)}. Si fuiste tú,`,
        `confirma en las próximas ${horas} horas que es tuya; el enlace sirve una sola vez:`,
      ],
      despues: [
        'Si no fuiste tú, no lo abras. La cuenta no está confirmada, y puedes hacerla',
        'tuya cuando quieras: pide cambiar la contraseña con esta dirección.',
      ],
    },
    invitar: {
      asunto: (tienda) => `Te invitan a trabajar${en(tienda)}`,
      antes: (tienda) => [
        `Quien administra te abrió una cuenta del personal${en(tienda)}.`,
        `Pon tu contraseña en las próximas ${horasInvitacion} horas; el enlace sirve una sola vez:`,
      ],
      despues: ['Si no esperabas esta invitación, no hagas nada: sin contraseña nadie entra.'],
    },
  },
}

const english: Lengua = {
  saludo: 'Hello,',
  codigo: 'If the link does not open, this is the code:',
  mensajes: {
    restablecer: {
      asunto: (tienda) => `Change your password${at(tienda)}`,
      antes: (tienda) => [
        `Somebody asked to change the password of your account${at(tienda)}.`,
        `If it was you, open this link within the next ${minutos} minutes; it works once:`,
      ],
      despues: ['If it was not you, do nothing: your password stays as it is.'],
    },
    confirmar: {
      asunto: (tienda) => `Confirm your email address${at(tienda)}`,
      antes: (tienda) => [
        `Somebody opened an account with this address${at(tienda)}. If it was you,`,
        `confirm within the next ${horas} hours that it is yours; the link works once:`,
      ],
      despues: [
        'If it was not you, do not open it. The account is not confirmed, and you can make it',
        'yours at any time: ask to change the password of this address.',
      ],
    },
    invitar: {
      asunto: (tienda) => `You are invited to work${at(tienda)}`,
      antes: (tienda) => [
        `An administrator opened a staff account for you${at(tienda)}.`,
        `Set your password within the next ${horasInvitacion} hours; the link works once:`,
      ],
      despues: ['If you did not expect this, do nothing: without a password nobody signs in.'],
    },
  },
}

export const textosCorreo: Readonly<Record<Idioma, Lengua>> = {
  es: spanish,
  en: english,
}
