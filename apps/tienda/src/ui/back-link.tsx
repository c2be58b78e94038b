import { type LinkProps, useRouter, useRouterState } from '@tanstack/react-router'
import { useMemo } from 'react'
import { BackIcon } from './icons.tsx'
import { isPlainClick } from './plain-click.ts'
import { findInTrail } from './trail.ts'

interface BackLinkProps {
  readonly to: NonNullable<LinkProps['to']>
  readonly label: string
}

/**
 * To the page that one came from, as it was left: with its search, and at the same place. Who did not
 * come from there gets it as it is for everybody.
 */
export function BackLink({ to, label }: BackLinkProps) {
  const router = useRouter()
  const location = useRouterState({ select: (state) => state.resolvedLocation ?? state.location })
  const back = useMemo(() => findInTrail(to, location), [to, location])
  return (
    <a
      href={back?.href ?? to}
      className="text-suave hover:text-tinta inline-flex min-h-11 items-center gap-2 font-medium print:hidden"
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        if (back) router.history.go(back.by)
        else void router.navigate({ to })
      }}
    >
      <BackIcon />
      <span>{label}</span>
    </a>
  )
}
