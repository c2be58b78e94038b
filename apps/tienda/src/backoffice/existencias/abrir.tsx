import { useQueryClient } from '@tanstack/react-query'
import { problemaDe } from '../../api.ts'
import { CampoEntero, enteroDe } from '../../formularios/campo-entero.tsx'
import { Formulario } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { toast } from '../../ui/toast.tsx'
import { abrirExistencia, recordarExistencia } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

/** For a product that has no stock on record yet. */
export function Abrir({ productoId }: { readonly productoId: string }) {
  const { abrir: t, sinRegistroTexto } = useTextosExistencias()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      const cantidad = enteroDe(datos, 'cantidad')
      const umbralMinimo = enteroDe(datos, 'umbralMinimo')
      try {
        const nueva = await abrirExistencia({ productoId, cantidad, umbralMinimo })
        recordarExistencia(consultas, nueva)
        toast(t.hecho)
      } catch (error) {
        if (problemaDe(error)?.codigo !== 'inventario-existente') throw error
        await consultas.invalidateQueries({ queryKey: ['existencias'] })
        toast(t.yaHay, { tone: 'bad' })
      }
    },
  })
  return (
    <section aria-labelledby="abrir" className="carta max-w-xl p-5 sm:p-6">
      <h2 id="abrir" className="text-xl font-semibold">
        {t.titulo}
      </h2>
      <p className="text-suave mb-4">{sinRegistroTexto}</p>
      <Formulario de={formulario} boton={t.boton}>
        <CampoEntero label={t.cantidad} name="cantidad" />
        <CampoEntero label={t.minimo} hint={t.minimoPista} name="umbralMinimo" defaultValue="0" />
      </Formulario>
    </section>
  )
}
