import { Badge } from '../../ui/badge.tsx'
import { esperaInvitacion, type Rol, type Usuario } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'

export function InsigniaRol({ rol }: { readonly rol: Rol }) {
  const t = useTextosUsuarios()
  return <Badge tone={rol === 'cliente' ? 'neutral' : 'good'}>{t.roles[rol]}</Badge>
}

/** Only where there is something to say: most addresses are confirmed. */
export function InsigniaCorreo({ confirmado }: { readonly confirmado: boolean }) {
  const t = useTextosUsuarios()
  return confirmado ? null : <Badge tone="warning">{t.sinConfirmar}</Badge>
}

/** What kind of account it is, where it is not one that its owner opened. */
export function InsigniaCuenta({ usuario }: { readonly usuario: Usuario }) {
  const t = useTextosUsuarios()
  if (usuario.conPassword || usuario.nombre === null) return null
  if (usuario.invitado) return <Badge tone="neutral">{t.invitado}</Badge>
  if (esperaInvitacion(usuario)) return <Badge tone="warning">{t.pendiente}</Badge>
  return <Badge tone="neutral">{t.sinPassword}</Badge>
}

export function InsigniaActivo({ activo }: { readonly activo: boolean }) {
  const t = useTextosUsuarios()
  return <Badge tone={activo ? 'neutral' : 'warning'}>{activo ? t.activo : t.inactivo}</Badge>
}
