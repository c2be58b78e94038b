import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { useTextosGuardar } from '../textos/guardar.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'

interface SinGuardar {
  readonly alEscribir: () => void
  /** What was written is where it belongs: one can leave. */
  readonly alGuardar: () => void
  readonly pregunta: ReactNode
}

/** Asks before a page is left on which something was written and not saved. */
export function useSinGuardar(): SinGuardar {
  const { sinGuardar: t } = useTextosGuardar()
  const sucio = useRef(false)
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => sucio.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => sucio.current,
    withResolver: true,
  })
  return {
    alEscribir() {
      sucio.current = true
    },
    alGuardar() {
      sucio.current = false
    },
    pregunta: (
      <ConfirmDialog
        open={status === 'blocked'}
        onOpenChange={(abierto) => !abierto && reset?.()}
        title={t.titulo}
        text={t.texto}
        confirm={t.salir}
        cancel={t.quedarse}
        look="danger"
        onConfirm={async () => proceed?.()}
      />
    ),
  }
}
