import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemaDe } from '../../api.ts'
import { caraDe } from '../../cara/dicha.ts'
import { zonaDelLector } from '../../cara/zona.ts'
import { toast } from '../../ui/toast.tsx'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import { guardarTienda, type Leida, leerTienda, recordarLeida } from './datos.ts'
import { cambiosEntre, conCambios, type Forma, formaDe } from './forma.ts'
import { Hoja } from './hoja.tsx'
import { Imagenes } from './imagenes.tsx'
import { useTextosTienda } from './textos.ts'
import { VistaPrevia } from './vista-previa.tsx'

/** What an administrator says of the shop, and how that looks. */
export function Editor({ leida }: { readonly leida: Leida }) {
  const t = useTextosTienda()
  const consultas = useQueryClient()
  // What is in the fields is a change of this, whatever is read meanwhile.
  const [base, setBase] = useState(leida)
  // `vez` makes the fields begin anew with other texts.
  const [inicial, setInicial] = useState({ forma: formaDe(leida.datos, zonaDelLector()), vez: 0 })
  const [vista, setVista] = useState(inicial.forma)
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  const formaBase = formaDe(base.datos, base.datos.zonaHoraria)

  const alLeer = (nueva: Leida) => {
    setBase(nueva)
    recordarLeida(consultas, nueva)
  }
  const alCambiarImagen = (nueva: Leida) => {
    recordarLeida(consultas, nueva)
    // With a greater step somebody else wrote something in between: the form has to meet it.
    setBase((antes) => (nueva.datos.version <= antes.datos.version + 1 ? nueva : antes))
  }
  /** Somebody else was quicker: what was written here goes on top of theirs, to be looked at. */
  async function encontrarse(mia: Forma): Promise<void> {
    const suya = await leerTienda()
    const forma = conCambios(formaDe(suya.datos, zonaDelLector()), cambiosEntre(formaBase, mia))
    alLeer(suya)
    setVista(forma)
    setInicial(({ vez }) => ({ forma, vez: vez + 1 }))
  }
  async function guardar(mia: Forma): Promise<void> {
    const cambios = cambiosEntre(formaBase, mia)
    if (Object.keys(cambios).length === 0) {
      alGuardar()
      return toast(t.nadaCambio)
    }
    try {
      alLeer(await guardarTienda(cambios, base.version))
      alGuardar()
      toast(t.guardado)
    } catch (error) {
      if (problemaDe(error)?.codigo !== 'version-distinta') throw error
      await encontrarse(mia)
    }
  }
  return (
    <>
      {pregunta}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Hoja
          key={inicial.vez}
          inicial={inicial.forma}
          cruzada={inicial.vez > 0}
          guardar={guardar}
          alEscribir={(forma) => {
            alEscribir()
            setVista(forma)
          }}
        />
        <div className="grid gap-5 md:grid-cols-2 xl:grid-cols-1">
          <VistaPrevia cara={caraVista(leida, vista)} />
          <Imagenes leida={leida} alCambiar={alCambiarImagen} />
        </div>
      </div>
    </>
  )
}

/** The face that follows from what is being written, with the pictures that are there. */
const caraVista = ({ datos }: Leida, forma: Forma) =>
  caraDe({ ...datos, ...forma, portada: { ...datos.portada, ...forma.portada } })
