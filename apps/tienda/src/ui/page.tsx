import { type ReactNode, useEffect } from 'react'
import { useNombre } from '../cara/nombre.ts'
import { classNames } from './class-names.ts'

/** What stands in the browser's tab. */
export function useTabTitle(title: string): void {
  const nombre = useNombre()
  useEffect(() => {
    document.title = `${title} - ${nombre}`
  }, [title, nombre])
}

interface PageProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly narrow?: boolean
  /** The page has its `h1` where it belongs in what it shows. */
  readonly ownHeading?: boolean
  readonly children: ReactNode
}

/** A page with its one `h1`, which is also the title of the tab. */
export function Page(props: PageProps) {
  const { title, aside, narrow = false, ownHeading = false, children } = props
  useTabTitle(title)
  return (
    <div
      className={classNames(
        'mx-auto w-full px-4 py-6 sm:px-6 lg:py-10',
        narrow ? 'max-w-md' : 'max-w-7xl',
      )}
    >
      {!ownHeading && (
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
          {aside}
        </div>
      )}
      {children}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly text: string
  readonly picture?: ReactNode
  /** It is all that the page says, so its title is the page's. */
  readonly alone?: boolean
  readonly children?: ReactNode
}

/** What is said where there is nothing to show. */
export function Empty({ title, text, picture, alone = false, children }: EmptyProps) {
  const Title = alone ? 'h1' : 'p'
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-14 text-center">
      {picture !== undefined && (
        <div className="size-32 overflow-hidden rounded-full">{picture}</div>
      )}
      <Title className="text-xl font-semibold">{title}</Title>
      <p className="text-suave max-w-prose">{text}</p>
      {children}
    </div>
  )
}

/** For the links among which one chooses what a page shows. */
export const tabClass =
  'inline-flex min-h-11 items-center rounded-xl px-4 font-medium hover:bg-hundido aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte'
