import { Badge } from '../../ui/badge.tsx'
import type { Rol } from '../datos/usuarios.ts'
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

export function InsigniaActivo({ activo }: { readonly activo: boolean }) {
  const t = useTextosUsuarios()
  return <Badge tone={activo ? 'neutral' : 'warning'}>{activo ? t.activo : t.inactivo}</Badge>
}
