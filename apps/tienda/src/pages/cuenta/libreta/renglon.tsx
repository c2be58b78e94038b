import type { ReactNode } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'

interface Accion {
  readonly texto: string
  /** The same, and of which one. */
  readonly nombre: string
  readonly hacer: () => void
  readonly ocupado?: boolean
}

export interface Guardado {
  readonly titulo: string
  readonly marca?: string | undefined
  readonly lineas: readonly (string | undefined)[]
}

/** What one of several that are kept says. */
export function DeGuardado({ titulo, marca, lineas }: Guardado) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 font-medium">
        <span>{titulo}</span>
        {marca !== undefined && <Badge tone="good">{marca}</Badge>}
      </p>
      {lineas.filter(Boolean).map((linea) => (
        <p key={linea} className="text-suave text-sm">
          {linea}
        </p>
      ))}
    </>
  )
}

interface RenglonProps extends Guardado {
  readonly acciones: readonly Accion[]
}

/** One of several that are kept, and what can be done with it. */
export function Renglon({ acciones, ...guardado }: RenglonProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-3">
      <div className="min-w-0 break-words">
        <DeGuardado {...guardado} />
      </div>
      <div className="flex flex-wrap gap-2">
        {acciones.map(({ texto, nombre, hacer, ocupado = false }) => (
          <Button
            key={texto}
            look="secondary"
            size="small"
            busy={ocupado}
            aria-label={nombre}
            onClick={hacer}
          >
            {texto}
          </Button>
        ))}
      </div>
    </li>
  )
}

interface LibretaProps {
  readonly id: string
  readonly titulo: string
  readonly nueva: string
  readonly alAnadir: () => void
  readonly children: ReactNode
}

/** A section of the account with a list of what is kept, and the way to add to it. */
export function Libreta({ id, titulo, nueva, alAnadir, children }: LibretaProps) {
  return (
    <section aria-labelledby={id} className="carta flex flex-col gap-4 p-6">
      <h2 id={id} className="text-xl font-semibold">
        {titulo}
      </h2>
      {children}
      <Button look="secondary" className="self-start" onClick={alAnadir}>
        {nueva}
      </Button>
    </section>
  )
}
