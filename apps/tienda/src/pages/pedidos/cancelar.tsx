import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Pedido } from '@encargo/client'
import { cancelarPedido, opcionesPedido } from '../../datos/pedidos.ts'
import { CampoLargo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'

export function Cancelar({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextos()
  const consultas = useQueryClient()
  const [abierto, setAbierto] = useState(false)
  const formulario = useFormulario({
    async enviar(datos) {
      const cancelado = await cancelarPedido(pedido.id, campoDe(datos, 'motivo'))
      consultas.setQueryData(opcionesPedido(pedido.id).queryKey, cancelado)
      setAbierto(false)
      toast(t.pedidos.cancelado)
      void consultas.invalidateQueries({ queryKey: ['pedidos'] })
      void consultas.invalidateQueries({ queryKey: ['disponibles'] })
    },
  })
  return (
    <>
      <Button look="danger" onClick={() => setAbierto(true)}>
        {t.pedidos.cancelar}
      </Button>
      <Dialog
        open={abierto}
        onOpenChange={setAbierto}
        title={t.pedidos.cancelarTitulo(pedido.numero)}
        description={t.pedidos.cancelarTexto}
      >
        <Formulario
          de={formulario}
          boton={t.pedidos.cancelarSi}
          look="danger"
          acciones={
            <Button look="secondary" onClick={() => setAbierto(false)}>
              {t.pedidos.cancelarNo}
            </Button>
          }
        >
          <CampoLargo label={t.pedidos.cancelarMotivo} name="motivo" maxLength={motivoMaximo} />
        </Formulario>
      </Dialog>
    </>
  )
}
