import { roles, type Usuario } from '../datos/usuarios.ts'

export const cedulaPatron = '[0-9A-Za-z][0-9A-Za-z.\\-]{3,31}'

interface Escrito {
  readonly nombre: string
  readonly telefono: string
  readonly cedula: string
  readonly rol: string
  readonly activo: boolean
  /** Ticked by an admin who vouches for the address; it can't be taken back. */
  readonly emailConfirmado: boolean
}

/** Only what is different from what was read, so that nobody undoes what somebody else did. */
export function cambiosDe(usuario: Usuario, escrito: Escrito) {
  const telefono = escrito.telefono || null
  const cedula = escrito.cedula || null
  const rol = roles.find((uno) => uno === escrito.rol) ?? usuario.rol
  return {
    ...(escrito.nombre === usuario.nombre ? {} : { nombre: escrito.nombre }),
    ...(telefono === usuario.telefono ? {} : { telefono }),
    ...(cedula === usuario.cedula ? {} : { cedula }),
    ...(rol === usuario.rol ? {} : { rol }),
    ...(escrito.activo === usuario.activo ? {} : { activo: escrito.activo }),
    ...(escrito.emailConfirmado && !usuario.emailConfirmado
      ? { emailConfirmado: true as const }
      : {}),
  }
}
