import type { Pedido } from '@encargo/client'
import { useEffect, useRef, useState } from 'react'
import { cancelarPedido } from '../../datos/pedidos.ts'
import { CampoLargo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import type { ButtonSize } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Select } from '../../ui/field.tsx'
import { completarPedido, guardarPedido } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Accion, type Que } from './accion.tsx'

const dias = [1, 3, 7, 14]

interface AccionesProps {
  readonly pedido: Pedido
  readonly size?: ButtonSize
  /** Whether the moment can be put off at which it cancels itself. */
  readonly conGuardar?: boolean
  /** The id of what gets the focus once there is nothing left to press here. */
  readonly foco: string
}

/** What staff can do with an order that waits: hold it longer, let it go, or give its stock back. */
export function Acciones({ pedido, size = 'normal', conGuardar = false, foco }: AccionesProps) {
  const t = useTextosPedidos()
  const [accion, setAccion] = useState<Que>()
  const antes = useRef(accion)
  const { id } = pedido
  const nadaQueHacer = pedido.estado !== 'Pendiente' && accion === undefined
  useEffect(() => {
    const cerrada = antes.current !== undefined && accion === undefined
    antes.current = accion
    // The button that opened the dialog is gone, so the keyboard would begin at the top again.
    if (cerrada && nadaQueHacer) document.getElementById(foco)?.focus()
  }, [accion, nadaQueHacer, foco])
  if (nadaQueHacer) return null
  const comun = (que: Que) => ({
    pedido,
    que,
    size,
    abierta: accion === que,
    onChange: (abierta: boolean) => setAccion(abierta ? que : undefined),
  })
  return (
    <div className={classNames('relative z-10 flex gap-2', conGuardar && 'flex-wrap')}>
      {conGuardar && (
        <Accion
          {...comun('guardar')}
          look="quiet"
          hacer={(datos) => guardarPedido(pedido, Number(campoDe(datos, 'dias')))}
        >
          <Select
            label={t.guardarDias}
            name="dias"
            defaultValue="3"
            options={dias.map((cuantos) => [String(cuantos), t.dias(cuantos)])}
            autoFocus
          />
        </Accion>
      )}
      <Accion {...comun('completar')} look="primary" hacer={() => completarPedido(id)} />
      <Accion
        {...comun('cancelar')}
        look="danger"
        hacer={(datos) => cancelarPedido(id, campoDe(datos, 'motivo'))}
      >
        <CampoLargo label={t.motivo} name="motivo" maxLength={motivoMaximo} autoFocus />
      </Accion>
    </div>
  )
}
