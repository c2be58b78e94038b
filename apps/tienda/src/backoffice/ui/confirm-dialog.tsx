import { type ReactNode, useState } from 'react'
import { ErrorGeneral } from '../../formularios/error-general.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button, type ButtonLook } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { textosMarco } from '../textos/marco.ts'

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
  /** What of a failure is better said here than by the service. */
  readonly explain?: (error: unknown) => string | undefined
  /** Fields that are sent along. */
  readonly children?: ReactNode
}

class NotTyped extends Error {}

/** Asks once more before something happens, and tells why when it does not. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, text } = props
  const { cerrar } = useTextos()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      closeLabel={cerrar}
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
  const t = useTextosGestion(textosMarco)
  // What is done all day long takes one more press; what takes something away, a look first.
  const direct = look !== 'danger' && typed === undefined && children === undefined
  const [word] = useState(typed)
  const {
    props: form,
    errores,
    general,
    enviando,
  } = useFormulario({
    async enviar(datos) {
      if (word !== undefined && campoDe(datos, 'palabra') !== word) throw new NotTyped()
      await onConfirm(datos)
      onOpenChange(false)
    },
    explicar(error) {
      if (error instanceof NotTyped) return { campo: 'palabra', mensaje: t.noCoincide(word ?? '') }
      const mensaje = explain?.(error)
      return mensaje === undefined ? undefined : { mensaje }
    },
  })
  return (
    <form {...form} className="flex flex-col gap-4">
      <ErrorGeneral texto={general} />
      {children}
      {word !== undefined && (
        <Field
          label={t.escribe(word)}
          name="palabra"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus
          required
          error={errores['palabra']}
        />
      )}
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" onClick={() => onOpenChange(false)}>
          {cancel ?? t.dejarlo}
        </Button>
        <Button look={look} type="submit" busy={enviando} autoFocus={direct}>
          {confirm}
        </Button>
      </div>
    </form>
  )
}
