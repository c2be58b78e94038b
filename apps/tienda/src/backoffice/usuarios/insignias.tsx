import { Badge } from '../../ui/badge.tsx'
import type { Rol } from '../datos/usuarios.ts'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosUsuarios } from '../textos/usuarios.ts'

export function InsigniaRol({ rol }: { readonly rol: Rol }) {
  const t = useTextosGestion(textosUsuarios)
  return <Badge tone={rol === 'cliente' ? 'neutral' : 'good'}>{t.roles[rol]}</Badge>
}

export function InsigniaActivo({ activo }: { readonly activo: boolean }) {
  const t = useTextosGestion(textosUsuarios)
  return <Badge tone={activo ? 'neutral' : 'warning'}>{activo ? t.activo : t.inactivo}</Badge>
}
