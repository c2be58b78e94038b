import { useMutation } from '@tanstack/react-query'
import { cliente, pedir } from '../../api.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'

/** Tells that the address is not confirmed yet, and sends the mail again. */
export function SinConfirmar() {
  const t = useTextos()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => pedir(cliente().auth.me.confirmacion.post()),
  })
  if (isSuccess) {
    return <Notice tone="good" title={t.olvido.enviado} urgent />
  }
  return (
    <Notice tone="warning" title={t.cuenta.sinConfirmar}>
      <p>{t.cuenta.sinConfirmarTexto}</p>
      {error !== null && <p role="alert">{textoDeFallo(t, error)}</p>}
      <Button look="secondary" busy={isPending} onClick={() => mutate()} className="mt-2">
        {t.cuenta.otroCorreo}
      </Button>
    </Notice>
  )
}
