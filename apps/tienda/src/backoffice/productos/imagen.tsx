import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, useFormulario } from '../../formularios/formulario.ts'
import { SubidaImagen } from '../../formularios/subida-imagen.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { toast } from '../../ui/toast.tsx'
import { cualquiera } from '../datos/version.ts'
import { type Edicion, editarProducto, type Leido, subirImagen } from './datos.ts'
import { tiposDeImagen, useReparosImagen } from './imagen-archivo.ts'
import { useTextosEdicion } from './textos-edicion.ts'

interface ImagenProps {
  readonly leido: Leido
  readonly alCambiar: (nuevo: Leido) => void
}

/**
 * The picture of a product: uploaded, or where it is. It is saved by itself, and whatever somebody
 * else wrote of the product meanwhile stays.
 */
export function Imagen({ leido, alCambiar }: ImagenProps) {
  const { imagen: t } = useTextosEdicion()
  const reparos = useReparosImagen()
  const titulo = useRef<HTMLHeadingElement>(null)
  const producto = leido.datos
  const cual: Edicion = { id: producto.id, version: cualquiera }

  async function enviar(archivo: File, alAvanzar: (parte: number) => void): Promise<void> {
    alCambiar(await subirImagen(cual, archivo, alAvanzar))
    toast(t.subida)
  }
  return (
    <section aria-labelledby="imagen" className="carta flex flex-col gap-4 p-5">
      <h2 id="imagen" ref={titulo} tabIndex={-1} className="text-lg font-semibold">
        {t.titulo}
      </h2>
      <ProductPicture
        producto={producto}
        className="bg-hundido mx-auto aspect-square w-full max-w-64 overflow-hidden rounded-xl"
      />
      {producto.imagenUrl === null ? (
        <p className="text-suave text-sm">{t.otraPersona}</p>
      ) : (
        <Quitar
          cual={cual}
          alCambiar={(nuevo) => {
            alCambiar(nuevo)
            // The button goes with the picture.
            titulo.current?.focus()
          }}
        />
      )}
      <SubidaImagen
        reparos={reparos}
        enviar={enviar}
        textos={t}
        texto={t.elegir}
        pista={`${t.arrastra}. ${t.formatos}`}
        accept={tiposDeImagen}
      />
      <Direccion key={producto.imagenUrl} leido={leido} cual={cual} alCambiar={alCambiar} />
    </section>
  )
}

interface QuitarProps {
  readonly cual: Edicion
  readonly alCambiar: (nuevo: Leido) => void
}

function Quitar({ cual, alCambiar }: QuitarProps) {
  const { imagen: t } = useTextosEdicion()
  const textos = useTextos()
  const quitar = useMutation({
    mutationFn: () => editarProducto(cual, { imagenUrl: null }),
    onSuccess(nuevo) {
      alCambiar(nuevo)
      toast(t.quitada)
    },
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
  })
  return (
    <Button look="quiet" size="small" busy={quitar.isPending} onClick={() => quitar.mutate()}>
      {t.quitar}
    </Button>
  )
}

/** A path of the shop's own, or a whole address; the service looks closer. */
const direccion = /^(?:https?:\/\/|\/(?!\/))\S+$/

function Direccion({ leido, cual, alCambiar }: ImagenProps & { readonly cual: Edicion }) {
  const { imagen: t } = useTextosEdicion()
  const formulario = useFormulario({
    async enviar(datos) {
      const imagenUrl = campoDe(datos, 'imagenUrl')
      if (!direccion.test(imagenUrl)) throw new ErrorDeCampo('imagenUrl', t.direccionMal)
      alCambiar(await editarProducto(cual, { imagenUrl }))
      toast(t.subida)
    },
  })
  return (
    <details className="group">
      <summary className="text-acento flex min-h-11 cursor-pointer items-center font-medium underline underline-offset-4">
        {t.direccion}
      </summary>
      <Formulario de={formulario} boton={t.usar} look="secondary" className="mt-2">
        <Campo
          label={t.direccion}
          hint={t.direccionPista}
          name="imagenUrl"
          required
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          defaultValue={leido.datos.imagenUrl ?? ''}
        />
      </Formulario>
    </details>
  )
}
