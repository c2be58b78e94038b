import { useTextos } from '../textos/idioma.ts'
import { Campo } from './campos.tsx'
import {
  contrasenaMaximo,
  contrasenaMinimo,
  correoMaximo,
  nombreMaximo,
  telefonoPatron,
} from './limites.ts'

// What people say of themselves, the same on every page that asks for it.

export function CampoNombre({ defaultValue }: { readonly defaultValue?: string }) {
  const t = useTextos()
  return (
    <Campo
      label={t.registro.nombre}
      name="nombre"
      autoComplete="name"
      required
      maxLength={nombreMaximo}
      defaultValue={defaultValue}
    />
  )
}

export function CampoCorreo() {
  const t = useTextos()
  return (
    <Campo
      label={t.entrar.correo}
      name="email"
      type="email"
      autoComplete="username"
      required
      maxLength={correoMaximo}
    />
  )
}

export function CampoTelefono({ defaultValue }: { readonly defaultValue?: string }) {
  const t = useTextos()
  return (
    <Campo
      label={t.registro.telefono}
      name="telefono"
      type="tel"
      autoComplete="tel"
      pattern={telefonoPatron}
      defaultValue={defaultValue}
    />
  )
}

interface ContrasenaProps {
  readonly label: string
  readonly name: string
}

/** A password that one has. */
export const CampoContrasena = (props: ContrasenaProps) => (
  <Campo
    {...props}
    type="password"
    autoComplete="current-password"
    required
    maxLength={contrasenaMaximo}
  />
)

/** A password that one chooses. */
export function CampoContrasenaNueva(props: ContrasenaProps) {
  const t = useTextos()
  return (
    <Campo
      {...props}
      hint={t.registro.contrasenaPista}
      type="password"
      autoComplete="new-password"
      required
      minLength={contrasenaMinimo}
      maxLength={contrasenaMaximo}
    />
  )
}
