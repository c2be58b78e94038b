import type { Pedido } from '@encargo/client'
import { useState } from 'react'
import { campoDe } from '../../formularios/formulario.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { guardarPedido } from '../datos/pedidos.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useDesenlace } from './desenlace.ts'

const dias = [1, 3, 7, 14]

/** Puts off the moment at which an order that waits cancels itself. */
export function Guardar({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const [abierto, setAbierto] = useState(false)
  const desenlace = useDesenlace()
  const { numero } = pedido
  if (pedido.estado !== 'Pendiente' && !abierto) return null
  return (
    <>
      <Button look="quiet" aria-label={t.guardarDe(numero)} onClick={() => setAbierto(true)}>
        {t.guardar}
      </Button>
      <ConfirmDialog
        open={abierto}
        onOpenChange={setAbierto}
        title={t.guardarTitulo(numero)}
        text={t.guardarTexto}
        confirm={t.guardarSi}
        {...desenlace(t.guardado(numero), (datos) =>
          guardarPedido(pedido, Number(campoDe(datos, 'dias'))),
        )}
      >
        <Select
          label={t.guardarDias}
          name="dias"
          defaultValue="3"
          options={dias.map((cuantos) => [String(cuantos), t.dias(cuantos)])}
          autoFocus
        />
      </ConfirmDialog>
    </>
  )
}
