import type { ReactNode } from 'react'
import { problemaDe } from '../api.ts'
import { Failure } from '../ui/failure.tsx'
import { NoExiste } from './no-existe.tsx'

interface LoPedidoProps<T> {
  readonly consulta: {
    readonly data: T | undefined
    readonly isRefetching: boolean
    readonly refetch: () => Promise<unknown>
  }
  /** Why there is nothing yet, or null while it is on its way. */
  readonly motivo: Error | null
  /** Seen meanwhile. */
  readonly espera: ReactNode
  readonly children: (data: T) => ReactNode
}

/** The one thing that an address names: there, on its way, unknown, or not to be had now. */
export function LoPedido<T>({ consulta, motivo, espera, children }: LoPedidoProps<T>) {
  const { data, refetch, isRefetching } = consulta
  if (data !== undefined) return children(data)
  if (!motivo) return espera
  const codigo = problemaDe(motivo)?.codigo
  // An address that somebody mistyped names nothing either.
  if (codigo === 'no-encontrado' || codigo === 'datos-invalidos') return <NoExiste />
  return (
    <div className="p-6">
      <Failure error={motivo} busy={isRefetching} onRetry={() => void refetch()} />
    </div>
  )
}
