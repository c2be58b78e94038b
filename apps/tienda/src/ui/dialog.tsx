import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useTextos } from '../textos/idioma.ts'
import { IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'

interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly description?: string
  readonly children: ReactNode
}

/** To where it was; where that is gone and nobody else took it, to the beginning of the page. */
function giveFocusBack(opener: Element | null): void {
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  if (document.activeElement !== document.body) return
  document.querySelector('main')?.focus({ preventScroll: true })
}

/**
 * Keeps the focus inside, closes with Escape and gives the focus back. Without the library's own
 * overlay, which would add a style to the page that its policy refuses.
 */
export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  const { cerrar } = useTextos()
  const opener = useRef<Element | null>(null)
  // Before what is in it takes the focus.
  useLayoutEffect(() => {
    if (open) opener.current = document.activeElement
  }, [open])
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <div className="fixed inset-0 z-40 bg-black/50" />
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveFocusBack(opener.current)
          }}
          // In the tree it may stand in a form, whose own this is not.
          onSubmit={(event) => event.stopPropagation()}
          onInput={(event) => event.stopPropagation()}
          className="bg-papel border-linea animate-subir fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[85dvh] max-w-lg -translate-y-1/2 overflow-y-auto rounded-2xl border p-6 shadow-xl"
        >
          <div className="flex items-start justify-between gap-4">
            <Primitive.Title className="text-xl font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label={cerrar} className="-mt-2 -mr-2">
                <CloseIcon />
              </IconButton>
            </Primitive.Close>
          </div>
          {description !== undefined && (
            <Primitive.Description className="text-suave mt-2">{description}</Primitive.Description>
          )}
          <div className="mt-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
