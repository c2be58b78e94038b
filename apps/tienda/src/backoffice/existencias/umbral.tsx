import { useQueryClient } from '@tanstack/react-query'
import { CampoEntero, enteroDe } from '../../formularios/campo-entero.tsx'
import { Formulario } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { useIntento } from '../../formularios/intento.ts'
import { toast } from '../../ui/toast.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { cambiarExistencia, type Existencia, recordarExistencia } from './datos.ts'
import { textosExistencias } from './textos.ts'

/** From how few on the product is to be restocked. */
export function Umbral({ existencia }: { readonly existencia: Existencia }) {
  const { umbral: t, abrir, minimo } = useTextosGestion(textosExistencias)
  const consultas = useQueryClient()
  const intento = useIntento()
  const { productoId, umbralMinimo } = existencia
  const formulario = useFormulario({
    async enviar(datos) {
      const cambio = { umbralMinimo: enteroDe(datos, 'umbralMinimo') }
      recordarExistencia(consultas, await cambiarExistencia(intento, productoId, cambio))
      toast(t.hecho)
    },
  })
  return (
    <section aria-labelledby="umbral" className="carta flex flex-col gap-4 p-5">
      <h2 id="umbral" className="text-lg font-semibold">
        {t.titulo}
      </h2>
      <Formulario de={formulario} boton={t.boton} look="secondary">
        <CampoEntero
          label={minimo}
          hint={abrir.minimoPista}
          name="umbralMinimo"
          defaultValue={umbralMinimo}
        />
      </Formulario>
    </section>
  )
}
