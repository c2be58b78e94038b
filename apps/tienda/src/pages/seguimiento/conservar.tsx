import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { cliente, FalloApi, pedir } from '../../api.ts'
import { useSesion } from '../../sesion/sesion.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'

/** Keeps the order of a link in the account of whoever is signed in. */
export function Conservar({ token }: { readonly token: string }) {
  const t = useTextos()
  const consultas = useQueryClient()
  const navegar = useNavigate()
  const abierta = useSesion() === 'abierta'
  const { mutate, isPending } = useMutation({
    mutationFn: () => pedir(cliente().pedidos.seguimiento({ token }).conservar.post()),
    onSuccess: async ({ id }) => {
      await consultas.invalidateQueries({ queryKey: ['pedidos'] })
      toast(t.seguimiento.conservado, { forNextPage: true })
      await navegar({ to: '/pedidos/$id', params: { id } })
    },
    onError: (error) => {
      const texto = error instanceof FalloApi ? error.message : t.seguimiento.sinConservar
      toast(texto, { tone: 'bad' })
    },
  })
  if (!abierta) return null
  return (
    <div className="print:hidden">
      <Button look="secondary" disabled={isPending} onClick={() => mutate()}>
        {t.seguimiento.conservar}
      </Button>
    </div>
  )
}
