import type { Pedido } from '@encargo/client'
import { useState } from 'react'
import { cliente, pedir } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosTrato } from '../textos/trato.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

/** Takes back the links by which an order is seen without an account: one may have got into wrong hands. */
export function RetirarEnlaces({ pedido: { id, contacto } }: { readonly pedido: Pedido }) {
  const t = useTextosTrato()
  const [abierto, setAbierto] = useState(false)
  // Who gave no address was sent none.
  if (contacto?.email === undefined) return null
  return (
    <>
      <Button look="quiet" size="small" onClick={() => setAbierto(true)}>
        {t.retirarEnlaces}
      </Button>
      <ConfirmDialog
        open={abierto}
        onOpenChange={setAbierto}
        title={t.retirarEnlacesTitulo}
        text={t.retirarEnlacesTexto}
        confirm={t.retirarEnlaces}
        look="danger"
        onConfirm={async () => {
          await pedir(cliente().pedidos.pedidos({ id }).enlace.revocar.post())
          toast(t.enlacesRetirados)
        }}
      />
    </>
  )
}
