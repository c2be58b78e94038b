import { type ReactNode, useState } from 'react'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, type Explicacion, useFormulario } from '../../formularios/formulario.ts'
import { Button, type ButtonLook } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useTextosMarco } from '../textos/marco.ts'

interface ConfirmDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly text?: string
  readonly confirm: string
  readonly cancel?: string
  readonly look?: ButtonLook
  /** For what cannot be undone: has to be typed before it is done. */
  readonly typed?: string
  /** Does it. What it throws is told in the dialog, which then stays; else the dialog closes. */
  readonly onConfirm: (fields: FormData) => Promise<void>
  readonly explain?: (error: unknown) => Explicacion | undefined
  /** Fields that are sent along. */
  readonly children?: ReactNode
}

class NotTyped extends Error {}

/** Asks once more before something happens, and tells why when it does not. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, text } = props
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      {...(text === undefined ? {} : { description: text })}
    >
      <Question {...props} />
    </Dialog>
  )
}

// Apart, so that it begins anew each time it is opened.
function Question(props: ConfirmDialogProps) {
  const {
    onOpenChange,
    confirm,
    cancel,
    look = 'primary',
    typed,
    onConfirm,
    explain,
    children,
  } = props
  const t = useTextosMarco()
  // What is done all day long takes one more press; what takes something away, a look first.
  const direct = look !== 'danger' && typed === undefined && children === undefined
  const [word] = useState(typed)
  const formulario = useFormulario({
    async enviar(datos) {
      if (word !== undefined && campoDe(datos, 'palabra') !== word) throw new NotTyped()
      await onConfirm(datos)
      onOpenChange(false)
    },
    explicar(error) {
      if (error instanceof NotTyped) return { campo: 'palabra', mensaje: t.noCoincide(word ?? '') }
      return explain?.(error)
    },
  })
  return (
    <Formulario
      de={formulario}
      boton={confirm}
      look={look}
      autoFocus={direct}
      acciones={
        <Button look="secondary" onClick={() => onOpenChange(false)}>
          {cancel ?? t.dejarlo}
        </Button>
      }
    >
      {children}
      {word !== undefined && (
        <Campo
          label={t.escribe(word)}
          name="palabra"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
          required
        />
      )}
    </Formulario>
  )
}
