import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

interface SeccionProps {
  readonly titulo: string
  readonly className?: string
  readonly children: ReactNode
}

/** Fields that belong together. */
export const Seccion = ({ titulo, className, children }: SeccionProps) => (
  <fieldset className={classNames('carta h-fit min-w-0 p-5 sm:p-6', className)}>
    <legend className="sr-only">{titulo}</legend>
    <h2 aria-hidden="true" className="mb-4 text-xl font-semibold">
      {titulo}
    </h2>
    {children}
  </fieldset>
)

interface PasoProps {
  readonly numero: number
  /** The one that is shown; undefined: all are. */
  readonly actual: number | undefined
  readonly children: ReactNode
}

/** What is asked for in one step; what was typed in the others stays in the page. */
export const Paso = ({ numero, actual, children }: PasoProps) => (
  <div
    data-paso={numero}
    hidden={actual !== undefined && actual !== numero}
    className="flex flex-col gap-6"
  >
    {children}
  </div>
)
