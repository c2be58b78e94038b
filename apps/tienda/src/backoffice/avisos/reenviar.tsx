import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Aviso, reenviar } from './datos.ts'
import { useTextosAvisos } from './textos.ts'

interface ReenviarProps {
  readonly aviso: Aviso
  /** Of the order that it is about. */
  readonly numero: number
  /** Null where that order is gone. */
  readonly pedidoId: () => Promise<string | null>
}

/** Sends a mail once more. */
export function Reenviar({ aviso, numero, pedidoId }: ReenviarProps) {
  const t = useTextosAvisos()
  const textos = useTextos()
  const consultas = useQueryClient()
  const envio = useMutation({
    async mutationFn() {
      const id = await pedidoId()
      if (id === null) return toast(t.yaNoEsta, { tone: 'bad' })
      await reenviar(consultas, id, aviso.id)
      toast(t.reenviado)
    },
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
  })
  return (
    <Button
      look="secondary"
      size="small"
      busy={envio.isPending}
      aria-label={t.reenviarCual(t.tipos[aviso.tipo], numero)}
      onClick={() => envio.mutate()}
    >
      {t.reenviar}
    </Button>
  )
}
