import {
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTextos } from '../textos/idioma.ts'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx'
import { createStore } from './store.ts'

interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'good' | 'bad'
  readonly action?: ReactNode
  /** Said on the way to another page, and meant for that one. */
  readonly forNextPage: boolean
}

/** Long enough to read and to reach the action in it, in milliseconds. */
const shownMs = 8_000

/** One at a time: what happened last is what matters, and the page stays in sight. */
const shown = createStore<Toast | undefined>(undefined)
let last = 0

type More = Partial<Pick<Toast, 'tone' | 'action' | 'forNextPage'>>

/** Tells something that just happened; read out politely, gone by itself and with the page. */
export function toast(text: string, more: More = {}): void {
  last += 1
  shown.set({ id: last, text, tone: 'good', forNextPage: false, ...more })
}

/** Another page has come, for which only that counts which was meant for it. */
export function leaveToast(): void {
  const one = shown.get()
  shown.set(one?.forNextPage ? { ...one, forNextPage: false } : undefined)
}

const controls = 'input, textarea, select, button, a'

/**
 * Whether what somebody fills in or presses stands in the lower half, where a toast would cover it.
 * `before`: for who is in the toast itself, which must not jump away.
 */
function worksBelow(before: boolean): boolean {
  const control = document.activeElement
  if (control?.closest('[data-toast]')) return before
  if (!control?.matches(controls)) return false
  const { top, bottom } = control.getBoundingClientRect()
  return (top + bottom) / 2 > innerHeight / 2
}

function useWorksBelow(watching: boolean): boolean {
  const [below, setBelow] = useState(false)
  useLayoutEffect(() => {
    if (!watching) return
    const look = () => setBelow(worksBelow)
    look()
    // Not when the focus leaves: while a press is on its way, a toast must not move from under it.
    const moves = ['focusin', 'scroll', 'resize'] as const
    for (const move of moves) addEventListener(move, look, { passive: true })
    return () => {
      for (const move of moves) removeEventListener(move, look)
    }
  }, [watching])
  return below
}

export function Toasts() {
  const one = useSyncExternalStore(shown.subscribe, shown.get)
  const above = useWorksBelow(one !== undefined)
  return (
    <div
      role="status"
      aria-live="polite"
      className={classNames(
        'pointer-events-none fixed inset-x-0 z-50 flex print:hidden justify-center p-2 sm:p-4',
        above ? 'top-15' : 'bottom-0',
      )}
    >
      {one && <ToastCard key={one.id} toast={one} />}
    </div>
  )
}

const close = () => shown.set(undefined)

function ToastCard({ toast: { text, tone, action } }: { readonly toast: Toast }) {
  const { cerrar } = useTextos()
  const from = useRef<EventTarget | null>(null)
  useEffect(() => {
    const timer = setTimeout(close, shownMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div
      data-toast
      className="bg-tinta text-fondo animate-subir pointer-events-auto flex w-full max-w-md items-center gap-1 rounded-xl py-1 pr-1 pl-4 sm:gap-3 shadow-lg"
      onFocus={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) {
          from.current = relatedTarget
        }
      }}
    >
      <span className="max-sm:hidden">{tone === 'good' ? <CheckIcon /> : <WarningIcon />}</span>
      {/* What went wrong is never cut short, and what went right only beside a way on. */}
      <p
        className={classNames(
          'min-w-0 flex-1 py-2',
          tone === 'good' && action !== undefined && 'truncate',
        )}
      >
        {text}
      </p>
      {action !== undefined && <div className="shrink-0">{action}</div>}
      <IconButton
        label={cerrar}
        className="hover:bg-fondo/15"
        onClick={() => {
          close()
          // The keyboard goes on where it came from.
          if (from.current instanceof HTMLElement) from.current.focus()
        }}
      >
        <CloseIcon />
      </IconButton>
    </div>
  )
}
