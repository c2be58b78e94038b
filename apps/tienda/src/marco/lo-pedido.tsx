import type { ComponentProps, ReactNode } from 'react'
import { problemaDe } from '../api.ts'
import { Loaded } from '../ui/loaded.tsx'
import { NoExiste } from './no-existe.tsx'

interface LoPedidoProps<T> {
  readonly consulta: ComponentProps<typeof Loaded<T>>['query']
  /** Why there is nothing yet, or null while it is on its way. */
  readonly motivo: Error | null
  /** Seen meanwhile. */
  readonly espera: ReactNode
  readonly children: (data: T) => ReactNode
}

/** The one thing that an address names: there, on its way, unknown, or not to be had now. */
export function LoPedido<T>({ consulta, motivo, espera, children }: LoPedidoProps<T>) {
  const codigo = problemaDe(motivo)?.codigo
  // An address that somebody mistyped names nothing either.
  const nada = codigo === 'no-encontrado' || codigo === 'datos-invalidos'
  if (nada && consulta.data === undefined) return <NoExiste />
  return (
    <Loaded query={consulta} error={motivo} alone waiting={espera}>
      {children}
    </Loaded>
  )
}
