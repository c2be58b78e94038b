import { enReglas } from './en-reglas.ts'
import type { Textos } from './tipo.ts'

type Suyos =
  | 'entrar'
  | 'registro'
  | 'olvido'
  | 'restablecer'
  | 'confirmar'
  | 'cuenta'
  | 'formulario'
  | 'problemas'
  | 'reglas'

export const enCuenta: Pick<Textos, Suyos> = {
  entrar: {
    titulo: 'Sign in',
    correo: 'E-mail',
    contrasena: 'Password',
    boton: 'Sign in',
    olvido: 'Forgot your password?',
    sinCuenta: 'No account yet?',
    crear: 'Create an account',
    caducada: 'Your session ended. Sign in again: your basket and what you typed are still here.',
    credenciales: 'The e-mail or the password is not right.',
    seguir: 'Sign in to go on',
    bienvenida: (nombre) => `Hello, ${nombre}.`,
  },
  registro: {
    titulo: 'Create an account',
    nombre: 'Name',
    telefono: 'Phone',
    contrasenaPista: 'At least 8 characters. Several unrelated words work well.',
    boton: 'Create the account',
    yaTengo: 'Have an account already?',
    emailEnUso:
      'There is an account with this e-mail already. Sign in, or recover the password if it is yours.',
    bienvenida: (nombre) => `Hello, ${nombre}. We sent you a message to confirm your e-mail.`,
  },
  olvido: {
    titulo: 'Recover your password',
    texto: 'We will send you a link to choose another one. It works for 30 minutes.',
    boton: 'Send the link',
    enviado: 'Look at your mail',
    enviadoTexto: 'If there is an account with that e-mail, the message arrives within minutes.',
  },
  restablecer: {
    titulo: 'Choose a new password',
    codigo: 'Code from the e-mail',
    nueva: 'New password',
    boton: 'Save the password',
    hecho: 'Password changed. You can sign in now.',
    tokenMalo: 'The link was used or has expired. Ask for another one.',
  },
  confirmar: {
    titulo: 'Confirm your e-mail',
    texto:
      'If you created an account with this e-mail, confirm that it is yours. If that was not you, stop here.',
    boton: 'Yes, it is mine',
    hecho: 'E-mail confirmed.',
    tokenMalo: 'The link was used or has expired. Ask for another one from your account.',
    seguir: 'Go to the shop',
  },
  cuenta: {
    sinConfirmar: 'Your e-mail is not confirmed yet',
    sinConfirmarTexto: 'Open the link that we sent you. Until then you can set less aside.',
    otroCorreo: 'Send another message',
    titulo: 'My account',
    datos: 'My details',
    guardar: 'Save',
    guardado: 'Details saved.',
    contrasena: 'Change the password',
    actual: 'Current password',
    nueva: 'New password',
    cambiar: 'Change the password',
    cambiada: 'Password changed. Your other sessions were ended.',
    actualMala: 'That is not the current password.',
    sesiones: 'Open sessions',
    estaSesion: 'This one',
    ultimoUso: (cuando) => `Last used: ${cuando}`,
    dispositivo: 'Unknown device',
    cerrarSesion: 'End',
    cerrarSesionDe: (cual) => `End the session of ${cual}`,
    sesionCerrada: 'Session ended.',
    salir: 'Sign out',
    hastaLuego: 'You are signed out. See you soon.',
  },
  formulario: {
    falta: 'This is needed.',
    correo: 'Type an e-mail such as name@example.com.',
    corta: (minimo) => `At least ${minimo} characters.`,
    larga: (maximo) => `At most ${maximo} characters.`,
    formato: 'This does not have the expected form.',
    telefono: 'A phone number of 5 to 17 digits, such as +593 99 000 0101 or (02) 200-0101.',
    numero: 'Type a number.',
    elige: 'Choose one.',
    revisa: 'Check the marked fields.',
  },
  problemas: {
    'sin-conexion': 'There was no answer. Check your connection and try again.',
    'no-autenticado': 'You have to sign in.',
    prohibido: 'You are not allowed to do that.',
    'no-encontrado': 'It does not exist, or it is not yours.',
    'cliente-inactivo': 'Your account is closed and cannot buy. Talk to the shop.',
    'transicion-invalida': 'The order has already ended and cannot be changed.',
    'version-distinta': 'Somebody changed it first. Load it again and repeat your change.',
    'datos-invalidos': 'Some data has to be corrected.',
    'demasiadas-peticiones': 'Too many attempts. Wait a moment.',
    'demasiados-pedidos-abiertos':
      'You have too many orders waiting, or too many units set aside. Wait until they are completed, cancel one, order less, confirm your e-mail address if you have not, or talk to the shop.',
    'demasiados-pedidos': 'You have ordered too often in a day. Try again later.',
    'idempotencia-en-curso': 'Your order is still being processed. Try again in a second.',
    'error-interno': 'Something failed on our side.',
    'servicio-no-disponible': 'A part of the shop does not answer. Try again in a few seconds.',
    'almacenamiento-no-disponible': 'Nothing can be saved right now. Try again in a few seconds.',
    desconocido: 'The shop gave an unexpected answer. Try again later.',
  },
  reglas: enReglas,
}
