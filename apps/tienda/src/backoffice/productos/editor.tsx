import { useEffect, useRef, useState } from 'react'
import { problemaDe } from '../../api.ts'
import { Formulario } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { toast } from '../../ui/toast.tsx'
import { CamposFicha } from './campos-ficha.tsx'
import { Cruces, type Encuentro } from './cruces.tsx'
import { editarProducto, leerProducto, type Leido } from './datos.ts'
import { cambiosEntre, type Ficha, fichaDe } from './ficha.ts'
import { useLectura } from './leer-ficha.ts'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import { useTextosProductos } from './textos.ts'

interface EditorProps {
  /** What the edit begins from. */
  readonly base: Leido
  /** There is a newer state, which is known here. */
  readonly alLeer: (leido: Leido) => void
}

/** The form of a product; or, when somebody else was quicker, what both changed. */
export function Editor({ base, alLeer }: EditorProps) {
  const t = useTextosProductos()
  const [encuentro, setEncuentro] = useState<Encuentro>()
  // `vez` makes the fields begin anew with another text.
  const [escrita, setEscrita] = useState({ ficha: fichaDe(base.datos), vez: 0 })
  const { id } = base.datos
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()

  const reescribir = (ficha: Ficha) => setEscrita(({ vez }) => ({ ficha, vez: vez + 1 }))
  async function guardar(antes: Leido, mia: Ficha): Promise<void> {
    const cambios = cambiosEntre(fichaDe(antes.datos), mia)
    if (Object.keys(cambios).length === 0) {
      alLeer(antes)
      alGuardar()
      return toast(t.sinCambios)
    }
    try {
      alLeer(await editarProducto({ id, version: antes.version }, cambios))
      alGuardar()
      toast(t.guardado)
    } catch (error) {
      if (problemaDe(error)?.codigo !== 'version-distinta') throw error
      const suyo = await leerProducto(id)
      setEncuentro({ antes, mia, suyo })
    }
  }
  const alFusionar = async (este: Encuentro, fusionada: Ficha) => {
    await guardar(este.suyo, fusionada)
    reescribir(fusionada)
    // Somebody may have been quicker once more.
    setEncuentro((ahora) => (ahora === este ? undefined : ahora))
  }
  const { ficha, vez } = escrita
  return (
    <>
      {pregunta}
      {encuentro ? (
        <Cruces
          key={encuentro.suyo.version}
          encuentro={encuentro}
          guardar={(fusionada) => alFusionar(encuentro, fusionada)}
          seguir={(fusionada) => {
            alLeer(encuentro.suyo)
            reescribir(fusionada)
            setEncuentro(undefined)
          }}
        />
      ) : (
        <Hoja
          key={vez}
          enfocada={vez > 0}
          base={base}
          inicial={ficha}
          guardar={guardar}
          alEscribir={alEscribir}
        />
      )}
    </>
  )
}

interface HojaProps {
  readonly base: Leido
  readonly inicial: Ficha
  /** One comes here from somewhere else on the page. */
  readonly enfocada: boolean
  readonly guardar: (antes: Leido, mia: Ficha) => Promise<void>
  readonly alEscribir: () => void
}

function Hoja({ base, inicial, enfocada, guardar, alEscribir }: HojaProps) {
  const t = useTextosProductos()
  const { leer, explicar, moneda } = useLectura()
  const formulario = useFormulario({
    enviar: (datos) => guardar(base, { ...fichaDe(base.datos), ...leer(datos) }),
    explicar,
  })
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (enfocada) titulo.current?.focus()
  }, [enfocada])
  return (
    <section aria-labelledby="datos" className="carta flex flex-col gap-4 p-5 sm:p-6">
      <h2 id="datos" ref={titulo} tabIndex={-1} className="text-xl font-semibold">
        {t.datos}
      </h2>
      <Formulario de={formulario} boton={t.guardar} onChange={alEscribir}>
        <CamposFicha inicial={inicial} moneda={moneda} />
      </Formulario>
    </section>
  )
}
