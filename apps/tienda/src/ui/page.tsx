import { type ReactNode, useEffect } from 'react'
import { classNames } from './class-names.ts'

const brand = 'Encargo'

interface PageProps {
  readonly title: string
  /** Of the browser's tab, where it differs from what the page shows. */
  readonly tabTitle?: string
  readonly aside?: ReactNode
  readonly narrow?: boolean
  readonly hideTitle?: boolean
  readonly children: ReactNode
}

/** A page with its one `h1`, which is also the title of the tab. */
export function Page({
  title,
  tabTitle = title,
  aside,
  narrow = false,
  hideTitle = false,
  children,
}: PageProps) {
  useEffect(() => {
    document.title = `${tabTitle} · ${brand}`
  }, [tabTitle])
  return (
    <div
      className={classNames(
        'mx-auto w-full px-4 py-6 sm:px-6 lg:py-10',
        narrow ? 'max-w-md' : 'max-w-7xl',
      )}
    >
      <div
        className={classNames(
          'mb-6 flex flex-wrap items-center justify-between gap-3',
          hideTitle && 'sr-only',
        )}
      >
        <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly text: string
  readonly picture?: ReactNode
  readonly children?: ReactNode
}

/** What is said where there is nothing to show. */
export function Empty({ title, text, picture, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-14 text-center">
      {picture !== undefined && (
        <div className="size-32 overflow-hidden rounded-full">{picture}</div>
      )}
      <p className="text-xl font-semibold">{title}</p>
      <p className="text-suave max-w-prose">{text}</p>
      {children}
    </div>
  )
}
