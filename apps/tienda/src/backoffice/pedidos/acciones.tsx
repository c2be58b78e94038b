import type { Pedido } from '@encargo/client'
import { useEffect, useRef, useState } from 'react'
import { cancelarPedido } from '../../datos/pedidos.ts'
import { CampoLargo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { Button, type ButtonSize } from '../../ui/button.tsx'
import { completarPedido } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useDesenlace } from './desenlace.ts'

type Accion = 'completar' | 'cancelar'

interface AccionesProps {
  readonly pedido: Pedido
  readonly size?: ButtonSize
  /** The id of what gets the focus once there is nothing left to press here. */
  readonly foco: string
}

/** What staff can do with an order that waits: let it go, or give its stock back. */
export function Acciones({ pedido, size = 'normal', foco }: AccionesProps) {
  const t = useTextosPedidos()
  const [accion, setAccion] = useState<Accion>()
  const antes = useRef(accion)
  const cerrar = () => setAccion(undefined)
  const { numero } = pedido
  const nadaQueHacer = pedido.estado !== 'Pendiente' && accion === undefined
  useEffect(() => {
    const cerrada = antes.current !== undefined && accion === undefined
    antes.current = accion
    // The button that opened the dialog is gone, so the keyboard would begin at the top again.
    if (cerrada && nadaQueHacer) document.getElementById(foco)?.focus()
  }, [accion, nadaQueHacer, foco])
  if (nadaQueHacer) return null
  return (
    <div className="relative z-10 flex gap-2">
      <Button size={size} aria-label={t.completarDe(numero)} onClick={() => setAccion('completar')}>
        {t.completar}
      </Button>
      <Button
        look="danger"
        size={size}
        aria-label={t.cancelarDe(numero)}
        onClick={() => setAccion('cancelar')}
      >
        {t.cancelar}
      </Button>
      <Completar pedido={pedido} abierto={accion === 'completar'} cerrar={cerrar} />
      <Cancelar pedido={pedido} abierto={accion === 'cancelar'} cerrar={cerrar} />
    </div>
  )
}

interface PreguntaProps {
  readonly pedido: Pedido
  readonly abierto: boolean
  readonly cerrar: () => void
}

function Completar({ pedido: { id, numero }, abierto, cerrar }: PreguntaProps) {
  const t = useTextosPedidos()
  const desenlace = useDesenlace()
  return (
    <ConfirmDialog
      open={abierto}
      onOpenChange={cerrar}
      title={t.completarTitulo(numero)}
      text={t.completarTexto}
      confirm={t.completarSi}
      {...desenlace(t.completado(numero), () => completarPedido(id))}
    />
  )
}

function Cancelar({ pedido: { id, numero }, abierto, cerrar }: PreguntaProps) {
  const t = useTextosPedidos()
  const desenlace = useDesenlace()
  return (
    <ConfirmDialog
      open={abierto}
      onOpenChange={cerrar}
      title={t.cancelarTitulo(numero)}
      text={t.cancelarTexto}
      confirm={t.cancelarSi}
      look="danger"
      {...desenlace(t.cancelado(numero), (datos) => cancelarPedido(id, campoDe(datos, 'motivo')))}
    >
      <CampoLargo label={t.motivo} name="motivo" maxLength={motivoMaximo} autoFocus />
    </ConfirmDialog>
  )
}
