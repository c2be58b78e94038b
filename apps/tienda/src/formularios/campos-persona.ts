import {
  contrasenaMaximo,
  contrasenaMinimo,
  correoMaximo,
  nombreMaximo,
  telefonoPatron,
} from './limites.ts'

// What people say of themselves, the same on every page that asks for it.

export const deNombre = {
  name: 'nombre',
  autoComplete: 'name',
  required: true,
  maxLength: nombreMaximo,
} as const

export const deCorreo = {
  name: 'email',
  type: 'email',
  autoComplete: 'username',
  required: true,
  maxLength: correoMaximo,
} as const

export const deTelefono = {
  name: 'telefono',
  type: 'tel',
  autoComplete: 'tel',
  pattern: telefonoPatron,
} as const

/** A password that one has. */
export const deContrasena = {
  type: 'password',
  autoComplete: 'current-password',
  required: true,
  maxLength: contrasenaMaximo,
} as const

/** A password that one chooses. */
export const deContrasenaNueva = {
  ...deContrasena,
  autoComplete: 'new-password',
  minLength: contrasenaMinimo,
} as const
