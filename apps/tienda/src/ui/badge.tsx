import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'good' | 'warning' | 'bad' | 'neutral'

const tones: Record<Tone, string> = {
  good: 'bg-bien-tenue text-bien',
  warning: 'bg-ojo-tenue text-ojo',
  bad: 'bg-mal-tenue text-mal',
  neutral: 'bg-hundido text-suave',
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex w-fit items-center gap-1.5 rounded-full px-2.5 py-0.5 text-left text-sm print:px-0 font-medium sm:whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

const noticeTones: Record<Tone, string> = {
  good: 'border-bien bg-bien-tenue',
  warning: 'border-ojo bg-ojo-tenue',
  bad: 'border-mal bg-mal-tenue',
  neutral: 'border-linea bg-hundido',
}

interface NoticeProps {
  readonly tone: Tone
  readonly title?: string
  readonly children?: ReactNode
  /** Read out at once; for what the reader just caused. */
  readonly urgent?: boolean
}

export function Notice({ tone, title, children, urgent = false }: NoticeProps) {
  return (
    <div
      {...(urgent ? { role: 'alert' } : {})}
      className={classNames('rounded-xl border-l-4 px-4 py-3', noticeTones[tone])}
    >
      {title !== undefined && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  )
}
