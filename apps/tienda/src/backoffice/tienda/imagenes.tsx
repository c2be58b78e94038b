import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Cara } from '../../cara/cara.ts'
import { caraDe } from '../../cara/dicha.ts'
import { SubidaImagen } from '../../formularios/subida-imagen.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Leida, quitarImagen, subirImagen, type Uso, usos } from './datos.ts'
import { useReparosImagenTienda } from './imagen-archivo.ts'
import { useTextosTienda } from './textos.ts'

interface ImagenesProps {
  readonly leida: Leida
  readonly alCambiar: (nueva: Leida) => void
}

/** The shop's pictures. Each is saved by itself, and leaves what is being written alone. */
export function Imagenes({ leida, alCambiar }: ImagenesProps) {
  const t = useTextosTienda()
  const cara = caraDe(leida.datos)
  return (
    <Panel title={t.imagenes}>
      <p className="text-suave mb-4 -mt-2 text-sm">{t.imagen.formatos}</p>
      <div className="flex flex-col gap-6">
        {usos.map((uso) => (
          <Imagen key={uso} uso={uso} cara={cara} alCambiar={alCambiar} />
        ))}
      </div>
    </Panel>
  )
}

interface ImagenProps extends Omit<ImagenesProps, 'leida'> {
  readonly uso: Uso
  readonly cara: Cara
}

function Imagen({ uso, cara, alCambiar }: ImagenProps) {
  const { imagen: t } = useTextosTienda()
  const reparos = useReparosImagenTienda()
  const titulo = useRef<HTMLHeadingElement>(null)
  const actual = uso === 'portada' ? cara.portada.imagen : cara[uso]

  async function enviar(archivo: File, alAvanzar: (parte: number) => void): Promise<void> {
    alCambiar(await subirImagen(uso, archivo, alAvanzar))
    toast(t.puesta)
  }
  return (
    <section className="flex flex-col gap-2">
      <h3 ref={titulo} tabIndex={-1} className="text-sm font-medium">
        {t.uso[uso]}
      </h3>
      {actual && (
        <div className="flex flex-wrap items-center gap-3">
          <img
            src={actual.url}
            alt={t.uso[uso]}
            className="bg-hundido max-h-24 min-h-10 max-w-full rounded-xl object-contain p-1"
          />
          <Quitar
            uso={uso}
            alQuitar={(nueva) => {
              alCambiar(nueva)
              // The button goes with the picture.
              titulo.current?.focus()
            }}
          />
        </div>
      )}
      <SubidaImagen
        reparos={reparos}
        enviar={enviar}
        textos={t}
        texto={t.elegir(t.uso[uso])}
        pista={`${t.arrastra}. ${t.pista[uso]}`}
        accept="image/*"
      />
    </section>
  )
}

interface QuitarProps {
  readonly uso: Uso
  readonly alQuitar: (nueva: Leida) => void
}

function Quitar({ uso, alQuitar }: QuitarProps) {
  const { imagen: t } = useTextosTienda()
  const textos = useTextos()
  const quitar = useMutation({
    mutationFn: () => quitarImagen(uso),
    onSuccess(nueva) {
      alQuitar(nueva)
      toast(t.quitada)
    },
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
  })
  return (
    <Button look="quiet" size="small" busy={quitar.isPending} onClick={() => quitar.mutate()}>
      {t.quitar(t.uso[uso])}
    </Button>
  )
}
