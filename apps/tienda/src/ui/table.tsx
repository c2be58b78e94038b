import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface TableProps {
  /** What the table is about, for those who hear it; shown only to them. */
  readonly caption: string
  readonly head: ReactNode
  readonly children: ReactNode
}

/** Scrolls sideways by itself on narrow screens, with the keyboard as well. */
export function Table({ caption, head, children }: TableProps) {
  return (
    <div
      role="region"
      aria-label={caption}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
      tabIndex={0}
      className="carta overflow-x-auto"
    >
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-suave bg-hundido text-sm">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-linea divide-y">{children}</tbody>
      </table>
    </div>
  )
}

export function HeadCell({ className, ...props }: ComponentProps<'th'>) {
  return <th scope="col" {...props} className={classNames('px-4 py-2.5 font-medium', className)} />
}

export function Cell({ className, ...props }: ComponentProps<'td'>) {
  return <td {...props} className={classNames('px-4 py-3 align-middle', className)} />
}
