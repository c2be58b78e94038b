import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { cualquiera } from '../datos/version.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { editarProducto, type Leido } from './datos.ts'
import { useTextosProductos } from './textos.ts'

interface ArchivarProps {
  readonly leido: Leido
  readonly alCambiar: (nuevo: Leido) => void
}

/** Takes a product out of the shop, and back in. Nothing else of it is written. */
export function Archivar({ leido: { datos: producto }, alCambiar }: ArchivarProps) {
  const t = useTextosProductos()
  const textos = useTextos()
  const [abierto, setAbierto] = useState(false)
  const cual = { id: producto.id, version: cualquiera }
  const recuperar = useMutation({
    mutationFn: () => editarProducto(cual, { activo: true }),
    onSuccess(nuevo) {
      alCambiar(nuevo)
      toast(t.seRecupero)
    },
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
  })
  const { activo } = producto
  return (
    <>
      {/* One button for both, so that the focus is still somewhere afterwards. */}
      <Button
        look={activo ? 'danger' : 'secondary'}
        busy={recuperar.isPending}
        onClick={() => (activo ? setAbierto(true) : recuperar.mutate())}
      >
        {activo ? t.archivar : t.recuperar}
      </Button>
      <ConfirmDialog
        open={abierto}
        onOpenChange={setAbierto}
        title={t.archivarTitulo(producto.nombre)}
        text={t.archivarTexto}
        confirm={t.archivarSi}
        look="danger"
        onConfirm={async () => {
          alCambiar(await editarProducto(cual, { activo: false }))
          toast(t.seArchivo)
        }}
      />
    </>
  )
}
