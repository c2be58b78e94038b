import { useQueryClient } from '@tanstack/react-query'
import { CampoEntero, enteroDe } from '../../formularios/campo-entero.tsx'
import { Formulario } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { useFormato } from '../../textos/formato.ts'
import { toast } from '../../ui/toast.tsx'
import { cambiarUmbral, type Existencia, recordarExistencia, UmbralCambiado } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

/** From how few on the product is to be restocked. */
export function Umbral({ existencia }: { readonly existencia: Existencia }) {
  const { umbral: t, abrir, minimo } = useTextosExistencias()
  const { numero } = useFormato()
  const consultas = useQueryClient()
  const { umbralMinimo } = existencia
  const formulario = useFormulario({
    async enviar(datos) {
      const nuevo = enteroDe(datos, 'umbralMinimo')
      recordarExistencia(consultas, await cambiarUmbral(existencia, nuevo))
      toast(t.hecho)
    },
    explicar(error) {
      if (!(error instanceof UmbralCambiado)) return undefined
      void consultas.invalidateQueries({ queryKey: ['existencias'] })
      return { campo: 'umbralMinimo', mensaje: t.cambio(numero(error.ahora)) }
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
