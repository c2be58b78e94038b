import type { Pedido } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { problemaDe } from '../../api.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { Button, type ButtonSize } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosPago } from '../cobros/textos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

export type Que = 'completar' | 'cancelar' | 'guardar' | 'anular'

interface AccionProps {
  readonly pedido: Pedido
  readonly que: Que
  readonly look: 'primary' | 'danger' | 'quiet'
  readonly size: ButtonSize
  /** Whether it asks right now. */
  readonly abierta: boolean
  readonly onChange: (abierta: boolean) => void
  readonly hacer: (datos: FormData) => Promise<Pedido>
  /** What is asked for besides. */
  readonly children?: ReactNode
}

/** Does something with an order once it was asked, and says what came of it, or why nothing did. */
export function Accion(props: AccionProps) {
  const { pedido, que, look, size, abierta, onChange, hacer, children } = props
  const textos = useTextosPedidos()
  const { pagoPendiente } = useTextosPago()
  const consultas = useQueryClient()
  const { numero } = pedido
  const t = textos[que]
  const refrescar = () => void consultas.invalidateQueries({ queryKey: ['pedidos'] })
  return (
    <>
      <Button look={look} size={size} aria-label={t.botonDe(numero)} onClick={() => onChange(true)}>
        {t.boton}
      </Button>
      <ConfirmDialog
        open={abierta}
        onOpenChange={onChange}
        title={t.titulo(numero)}
        text={t.texto}
        confirm={t.si}
        look={look === 'danger' ? look : 'primary'}
        onConfirm={async (datos) => {
          const hecho = await hacer(datos)
          consultas.setQueryData(opcionesPedido(hecho.id).queryKey, hecho)
          toast(t.hecho(numero))
          refrescar()
        }}
        explain={(error) => {
          refrescar()
          const problema = problemaDe(error)
          if (problema?.codigo === 'transicion-invalida') {
            return { mensaje: que === 'anular' ? textos.otroDia : textos.yaTermino }
          }
          if (problema?.codigo === 'pago-pendiente') return { mensaje: pagoPendiente }
          return problema?.status === 503 ? { mensaje: textos.sinTerminar } : undefined
        }}
      >
        {children}
      </ConfirmDialog>
    </>
  )
}
