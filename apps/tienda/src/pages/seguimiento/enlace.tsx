import { useState } from 'react'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'

/** The address of this very page, to keep: whoever has it gets in. */
export function Enlace() {
  const t = useTextos()
  const [url] = useState(() => `${location.origin}${location.pathname}`)
  const copiar = async () => {
    // A page without TLS has none: then one copies it out of the field.
    const { clipboard }: { readonly clipboard?: Clipboard } = navigator
    try {
      if (!clipboard) throw new Error('nothing to copy to')
      await clipboard.writeText(url)
      toast(t.seguimiento.copiado)
    } catch {
      toast(t.seguimiento.sinCopiar, { tone: 'bad' })
    }
  }
  return (
    <div className="flex flex-wrap items-end gap-3 print:hidden">
      <Field
        label={t.seguimiento.enlace}
        hint={t.seguimiento.enlacePista}
        readOnly
        value={url}
        className="min-w-0 flex-1 basis-64"
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Button look="secondary" onClick={() => void copiar()}>
        {t.seguimiento.copiar}
      </Button>
    </div>
  )
}
