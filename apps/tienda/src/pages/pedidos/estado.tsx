import type { FollowState } from '@encargo/client'
import type { Situacion } from '../../datos/pedidos.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'

const tonos: Record<Situacion, Tone> = {
  Pendiente: 'warning',
  Completado: 'good',
  Cancelado: 'neutral',
  Anulado: 'neutral',
}

export function Estado({ estado }: { readonly estado: Situacion }) {
  const t = useTextos()
  return <Badge tone={tonos[estado]}>{t.pedidos.estado[estado]}</Badge>
}

/** Whether what is shown changes by itself right now. */
export function EnVivo({ estado }: { readonly estado: FollowState }) {
  const t = useTextos()
  const vivo = estado === 'open'
  return (
    <p className="text-suave flex items-center gap-2 text-sm print:hidden">
      <span
        aria-hidden="true"
        className={classNames('size-2.5 rounded-full', vivo ? 'bg-bien' : 'bg-ojo animate-latir')}
      />
      <span>{vivo ? t.pedidos.enVivo : t.pedidos.conectando}</span>
    </p>
  )
}
