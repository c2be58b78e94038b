import { useEffect, useRef, useState } from 'react'
import { ZonaArchivo } from '../../formularios/zona-archivo.tsx'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { tiposDeImagen, useReparosImagen } from './imagen-archivo.ts'
import { useTextosEdicion } from './textos-edicion.ts'

interface ElegidaProps {
  readonly archivo: File | undefined
  readonly alElegir: (archivo: File | undefined) => void
}

/** Where a file can be shown from before it is sent anywhere. */
function useVista(archivo: File | undefined): string | undefined {
  const [vista, setVista] = useState<string>()
  useEffect(() => {
    if (!archivo) return setVista(undefined)
    const url = URL.createObjectURL(archivo)
    setVista(url)
    return () => URL.revokeObjectURL(url)
  }, [archivo])
  return vista
}

/** A picture that is uploaded once there is a product that it is of. */
export function ImagenElegida({ archivo, alElegir }: ElegidaProps) {
  const { imagen: t } = useTextosEdicion()
  const { preparar } = useReparosImagen()
  const [reparo, setReparo] = useState<string>()
  const vista = useVista(archivo)
  const ultimo = useRef<File>(undefined)
  const elegir = async (nuevo: File) => {
    ultimo.current = nuevo
    const preparada = await preparar(nuevo)
    // Whoever chose another one meanwhile means that one.
    if (ultimo.current !== nuevo) return
    const lista = preparada.tipo === 'lista'
    setReparo(lista ? undefined : preparada.motivo)
    alElegir(lista ? preparada.archivo : undefined)
  }
  return (
    <fieldset className="border-linea flex flex-col gap-3 rounded-xl border p-4">
      <legend className="px-1 text-sm font-medium">{t.titulo}</legend>
      {archivo && vista !== undefined && (
        <div className="flex items-center gap-4">
          <img src={vista} alt="" className="bg-hundido size-24 rounded-xl object-cover" />
          <div className="min-w-0">
            <p>{t.elegida(archivo.name)}</p>
            <Button look="quiet" size="small" onClick={() => alElegir(undefined)}>
              {t.noElegida}
            </Button>
          </div>
        </div>
      )}
      <div aria-live="assertive" className="empty:hidden">
        {reparo !== undefined && <Notice tone="bad">{reparo}</Notice>}
      </div>
      <ZonaArchivo
        texto={t.elegir}
        pista={`${t.arrastra}. ${t.formatos}`}
        accept={tiposDeImagen}
        onArchivo={(nuevo) => void elegir(nuevo)}
      />
    </fieldset>
  )
}
