import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { BackLink } from '../../ui/back-link.tsx'
import { useTabTitle } from '../../ui/page.tsx'

interface PageHeadProps {
  readonly title: string
  /** Under the title, in a line. */
  readonly lead?: ReactNode
  /** What can be done with the page as a whole. */
  readonly actions?: ReactNode
  /** Where one came from, as a list is left for one of its rows. */
  readonly back?: { readonly to: NonNullable<LinkProps['to']>; readonly label: string }
}

/** The `h1` of a back office page, which is also the title of the tab. */
export function PageHead({ title, lead, actions, back }: PageHeadProps) {
  useTabTitle(title)
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {back && (
          <div className="-mt-2">
            <BackLink {...back} />
          </div>
        )}
        <h1 className="text-2xl font-semibold tracking-tight lg:text-3xl">{title}</h1>
        {lead !== undefined && <div className="text-suave mt-1">{lead}</div>}
      </div>
      {actions !== undefined && (
        <div className="flex flex-wrap items-center gap-3 print:hidden">{actions}</div>
      )}
    </div>
  )
}
