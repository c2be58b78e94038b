import type { Pedido } from '@encargo/client'
import { useState } from 'react'
import { useZona } from '../../cara/zona.ts'
import { CampoLargo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useFormato } from '../../textos/formato.ts'
import { usePersonas } from '../datos/nombres.ts'
import { anularPedido, seAnula } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { Accion } from './accion.tsx'

interface AnularProps {
  readonly pedido: Pedido
  /** The id of what gets the focus once there is nothing left to press here. */
  readonly foco: string
}

/** Voids a sale of today that was a mistake. */
export function Anular({ pedido, foco }: AnularProps) {
  const t = useTextosPedidos()
  const zona = useZona()
  const [abierta, setAbierta] = useState(false)
  if (!abierta && !seAnula(pedido, zona, Date.now())) return null
  return (
    <Accion
      pedido={pedido}
      que="anular"
      look="danger"
      size="normal"
      abierta={abierta}
      onChange={(abrir) => {
        setAbierta(abrir)
        if (!abrir && pedido.anulado) document.getElementById(foco)?.focus()
      }}
      hacer={(datos) => anularPedido(pedido.id, campoDe(datos, 'motivo'))}
    >
      <CampoLargo label={t.motivo} name="motivo" maxLength={motivoMaximo} required autoFocus />
    </Accion>
  )
}

interface AnuladoProps {
  readonly pedido: Pedido
  readonly anulado: NonNullable<Pedido['anulado']>
}

/** When it was voided, by whom and why, and what is still owed of it. */
export function Anulado({ pedido: { exigible, moneda }, anulado }: AnuladoProps) {
  const t = useTextosPedidos()
  const { fechaYHora, dinero } = useFormato()
  const personas = usePersonas([anulado.actor])
  const quien = personas.get(anulado.actor)?.nombre ?? t.cuentaEliminada
  return (
    <div className="text-mal flex flex-col gap-1">
      <p className="font-medium">{t.anuladoEl(fechaYHora(anulado.en), quien)}</p>
      {anulado.motivo !== null && <p>{t.motivoDe(anulado.motivo)}</p>}
      <p className="cifra">{t.exigible(dinero(exigible, moneda))}</p>
    </div>
  )
}
