import type { ReactNode } from 'react'
import { Page } from '../../ui/page.tsx'

interface HojaProps {
  readonly titulo: string
  readonly children: ReactNode
  readonly pie?: ReactNode
}

/** The narrow page of signing in and what belongs to it. */
export function Hoja({ titulo, children, pie }: HojaProps) {
  return (
    <Page title={titulo} narrow>
      <div className="carta flex flex-col gap-5 p-6">{children}</div>
      {pie !== undefined && <div className="mt-5 flex flex-col gap-2 text-center">{pie}</div>}
    </Page>
  )
}

export const enlaceTexto = 'text-acento font-medium underline underline-offset-4'
