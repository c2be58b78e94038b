import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { IconButton } from './button.tsx'
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx'
import { createStore } from './store.ts'

interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'good' | 'bad'
  readonly action?: ReactNode
}

/** Long enough to read and to reach the action in it, in milliseconds. */
const shownMs = 8_000

const toasts = createStore<readonly Toast[]>([])
let last = 0

/** Tells something that just happened; read out politely, gone by itself. */
export function toast(text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  last += 1
  toasts.set([...toasts.get().slice(-2), { id: last, text, tone: 'good', ...more }])
}

const dismiss = (id: number) => toasts.set(toasts.get().filter((one) => one.id !== id))

export function Toasts({ closeLabel }: { readonly closeLabel: string }) {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4"
    >
      {shown.map((one) => (
        <ToastCard key={one.id} toast={one} closeLabel={closeLabel} />
      ))}
    </div>
  )
}

function ToastCard({ toast: { id, text, tone, action }, closeLabel }: CardProps) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), shownMs)
    return () => clearTimeout(timer)
  }, [id])
  return (
    <div className="bg-tinta text-fondo animate-subir pointer-events-auto flex w-full max-w-md items-center gap-3 rounded-xl py-1 pr-1 pl-4 shadow-lg">
      {tone === 'good' ? <CheckIcon /> : <WarningIcon />}
      <p className="min-w-0 flex-1 py-2">{text}</p>
      {action}
      <IconButton label={closeLabel} className="hover:bg-fondo/15" onClick={() => dismiss(id)}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}

interface CardProps {
  readonly toast: Toast
  readonly closeLabel: string
}
