import { Link } from '@tanstack/react-router'
import { rowLink } from '../ui/data-table.tsx'
import { useTextosCobros } from './textos-listas.ts'

interface EnlacePedidoProps {
  readonly id: string
  readonly numero: number
}

/** The way to the order that a row is about. */
export function EnlacePedido({ id, numero }: EnlacePedidoProps) {
  const t = useTextosCobros()
  return (
    <Link to="/gestion/pedidos/$id" params={{ id }} className={rowLink}>
      {t.numero(numero)}
    </Link>
  )
}
