import type { Pedido } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CampoLargo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'

interface CancelarProps {
  readonly numero: number
  readonly pago: Pick<Pedido['pago'], 'cobrado'>
  readonly cancelar: (motivo: string) => Promise<void>
}

export function Cancelar({ numero, pago, cancelar }: CancelarProps) {
  const t = useTextos()
  const consultas = useQueryClient()
  const [abierto, setAbierto] = useState(false)
  const formulario = useFormulario({
    async enviar(datos) {
      await cancelar(campoDe(datos, 'motivo'))
      setAbierto(false)
      toast(t.pedidos.cancelado)
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
        title={t.pedidos.cancelarTitulo(numero)}
        description={`${t.pedidos.cancelarTexto}${pago.cobrado > 0 ? ` ${t.pedidos.cancelarPagado}` : ''}`}
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
