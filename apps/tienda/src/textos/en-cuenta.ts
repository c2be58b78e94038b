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
    correo: 'Email',
    contrasena: 'Password',
    boton: 'Sign in',
    olvido: 'Forgot your password?',
    sinCuenta: 'No account yet?',
    crear: 'Create account',
    caducada:
      'Your session has expired. Sign in again: your basket and anything you typed are still here.',
    credenciales: 'Incorrect email or password.',
    seguir: 'Sign in to continue',
  },
  registro: {
    titulo: 'Create an account',
    nombre: 'Name',
    telefono: 'Phone',
    contrasenaPista: 'At least 8 characters. A few unrelated words work well.',
    boton: 'Create account',
    yaTengo: 'Already have an account?',
    emailEnUso:
      'An account with this email already exists. If it’s yours, sign in or reset your password.',
    bienvenida: (nombre) => `Welcome, ${nombre}. We’ve sent you a link to confirm your email.`,
  },
  olvido: {
    titulo: 'Reset your password',
    texto: 'We’ll email you a link to choose a new one. It expires in 30 minutes.',
    boton: 'Send link',
    enviado: 'Check your email',
    enviadoTexto: 'If that email has an account, you’ll get a message in a few minutes.',
  },
  restablecer: {
    titulo: 'Choose a new password',
    codigo: 'Code from the email',
    nueva: 'New password',
    boton: 'Save password',
    hecho: 'Password changed. You can now sign in.',
    tokenMalo: 'This link has expired or has already been used. Request a new one.',
  },
  confirmar: {
    titulo: 'Confirm your email',
    texto:
      'If you created an account with this email, confirm that it’s yours. If it wasn’t you, don’t continue.',
    boton: 'Confirm email',
    hecho: 'Email confirmed.',
    tokenMalo:
      'This link has expired or has already been used. Request a new one from your account.',
    seguir: 'Continue shopping',
  },
  cuenta: {
    sinConfirmar: 'Confirm your email',
    sinConfirmarTexto:
      'Open the link we sent you. Until then, the number of items you can order is limited.',
    otroCorreo: 'Resend email',
    titulo: 'My account',
    datos: 'My details',
    guardar: 'Save',
    guardado: 'Details saved.',
    contrasena: 'Change password',
    actual: 'Current password',
    nueva: 'New password',
    cambiar: 'Change password',
    cambiada: 'Password changed. You’ve been signed out on your other devices.',
    actualMala: 'Your current password is incorrect.',
    sesiones: 'Devices',
    estaSesion: 'This device',
    ultimoUso: (cuando) => `Last used: ${cuando}`,
    dispositivo: 'Unknown device',
    cerrarSesion: 'Sign out',
    cerrarSesionDe: (cual) => `Sign out ${cual}`,
    sesionCerrada: 'Device signed out.',
    salir: 'Sign out',
    hastaLuego: 'You’ve signed out. See you soon.',
  },
  formulario: {
    falta: 'This field is required.',
    correo: 'Enter an email address, such as name@example.com.',
    corta: (minimo) => `At least ${minimo} characters.`,
    larga: (maximo) => `At most ${maximo} characters.`,
    formato: 'Check the format of this field.',
    telefono: 'Enter a phone number of 5 to 17 digits, such as +593 99 000 0101 or (02) 200-0101.',
    numero: 'Enter a number.',
    elige: 'Choose an option.',
    revisa: 'Check the highlighted fields.',
  },
  problemas: {
    'sin-conexion': 'We couldn’t connect. Check your connection and try again.',
    'no-autenticado': 'Sign in to continue.',
    prohibido: 'You don’t have permission to do that.',
    'no-encontrado': 'We couldn’t find it, or you don’t have access to it.',
    'cliente-inactivo': 'Your account is closed, so you can’t place orders. Contact the shop.',
    'transicion-invalida': 'This order can no longer be changed.',
    'version-distinta':
      'Someone else has changed this. Reload the page and make your change again.',
    'datos-invalidos': 'Some fields need to be corrected.',
    'demasiadas-peticiones': 'Too many attempts. Wait a moment and try again.',
    'demasiados-pedidos-abiertos':
      'You have too many open orders or reserved items. Cancel one, order fewer items, confirm your email if you haven’t yet, or contact the shop.',
    'demasiados-pedidos': 'You’ve reached the daily order limit. Try again later.',
    'idempotencia-en-curso': 'Your order is still being processed. Try again in a moment.',
    'error-interno': 'Something went wrong on our side.',
    'servicio-no-disponible': 'Part of the shop isn’t responding. Try again in a few seconds.',
    'almacenamiento-no-disponible': 'We can’t save changes right now. Try again in a few seconds.',
    desconocido: 'Something unexpected happened. Try again later.',
  },
  reglas: enReglas,
}
