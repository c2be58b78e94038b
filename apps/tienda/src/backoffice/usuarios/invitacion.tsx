import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { problemaDe } from '../../api.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { anularInvitacion, repetirInvitacion } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'

/** Of somebody who was invited and has not come yet: sends the link anew, or takes it back. */
export function Invitacion({ id }: { readonly id: string }) {
  const t = useTextosUsuarios()
  const textos = useTextos()
  const consultas = useQueryClient()
  const navegar = useNavigate()
  const alFallar = (error: unknown) => {
    const noEsta = problemaDe(error)?.codigo === 'no-encontrado'
    toast(noEsta ? t.yaEntro : textoDeFallo(textos, error), { tone: 'bad' })
    void consultas.invalidateQueries({ queryKey: ['usuarios'] })
  }
  const repetir = useMutation({
    mutationFn: () => repetirInvitacion(id),
    onSuccess: () => toast(t.repetida),
    onError: alFallar,
  })
  const anular = useMutation({
    mutationFn: () => anularInvitacion(id),
    async onSuccess() {
      consultas.removeQueries({ queryKey: ['usuarios'] })
      toast(t.anulada, { forNextPage: true })
      await navegar({ to: '/gestion/usuarios' })
    },
    onError: alFallar,
  })
  return (
    <Notice tone="warning" title={t.pendiente}>
      <p>{t.pendienteTexto}</p>
      <div className="mt-2 flex flex-wrap gap-3">
        <Button look="secondary" busy={repetir.isPending} onClick={() => repetir.mutate()}>
          {t.repetir}
        </Button>
        <Button look="danger" busy={anular.isPending} onClick={() => anular.mutate()}>
          {t.anular}
        </Button>
      </div>
    </Notice>
  )
}
