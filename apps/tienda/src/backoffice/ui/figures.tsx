import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

/** Numbers to be seen first, side by side: as many in a line as can stand there whole. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-wrap gap-3 *:flex-[1_0_8.5rem] lg:gap-5">{children}</dl>
}

interface FigureProps {
  readonly name: string
  readonly value: ReactNode
  readonly note?: string
  /** More of a page's first word than one among others. */
  readonly large?: boolean
}

export function Figure({ name, value, note, large = false }: FigureProps) {
  return (
    <div className={classNames('carta relative flex flex-col p-4', large && 'lg:p-5')}>
      <dt className="text-suave text-sm font-medium">{name}</dt>
      <dd
        className={classNames(
          'cifra font-semibold tracking-tight',
          large ? 'text-xl sm:text-2xl xl:text-3xl' : 'text-2xl',
        )}
      >
        {value}
      </dd>
      {note !== undefined && <dd className="text-suave mt-1 w-0 min-w-full text-sm">{note}</dd>}
    </div>
  )
}
