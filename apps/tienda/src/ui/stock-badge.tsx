import { useTextos } from '../textos/idioma.ts'
import { Badge } from './badge.tsx'

const few = 5

interface StockBadgeProps {
  /** Undefined while, or as long as, nobody can say. */
  readonly disponible: number | undefined
}

export function StockBadge({ disponible }: StockBadgeProps) {
  const { disponible: t } = useTextos()
  if (disponible === undefined) return <Badge tone="neutral">{t.seDesconoce}</Badge>
  if (disponible === 0) return <Badge tone="bad">{t.no}</Badge>
  if (disponible <= few) return <Badge tone="warning">{t.pocas(disponible)}</Badge>
  return <Badge tone="good">{t.si}</Badge>
}
