import { useQueryClient } from '@tanstack/react-query'
import { useZona } from '../../cara/zona.ts'
import { Campo, CampoOpciones, Formulario } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, useFormulario } from '../../formularios/formulario.ts'
import { leerTasa, tasaParaEditar } from '../../formularios/tasa.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { inicioDelDia } from '../datos/dias.ts'
import type { Clase } from './clases.ts'
import { ponerImpuesto } from './datos.ts'
import { useTextosImpuestos } from './textos.ts'

const modos = ['incluido', 'por-dentro'] as const

/** Sets a class's rate, from now on or from a day to come. */
export function PonerImpuesto({ clase: { codigo, vigente } }: { readonly clase: Clase }) {
  const t = useTextosImpuestos()
  const { region } = useLengua()
  const { tasa: enPorCiento } = useFormato()
  const zona = useZona()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      const cual = campoDe(datos, 'codigo')
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(cual)) throw new ErrorDeCampo('codigo', t.codigoMal)
      const tasa = leerTasa(campoDe(datos, 'tasa'))
      if (tasa === undefined) throw new ErrorDeCampo('tasa', t.tasaMal)
      const dia = campoDe(datos, 'desde')
      const desde = inicioDelDia(zona, dia)
      if (dia !== '' && desde === undefined) throw new ErrorDeCampo('desde', t.diaMal)
      const puesto = await ponerImpuesto(consultas, cual, {
        nombre: campoDe(datos, 'nombre'),
        tasa,
        modo: modos.find((uno) => uno === campoDe(datos, 'modo')) ?? 'incluido',
        ...(desde === undefined ? {} : { desde }),
      })
      toast(t.hecho(puesto.nombre, enPorCiento(puesto.tasa)))
    },
  })
  return (
    <Panel title={t.poner}>
      <Formulario de={formulario} boton={t.guardar}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Campo
            label={t.codigo}
            hint={t.codigoPista}
            name="codigo"
            required
            maxLength={40}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={codigo}
          />
          <Campo
            label={t.nombre}
            hint={t.nombrePista}
            name="nombre"
            required
            maxLength={80}
            autoComplete="off"
            defaultValue={vigente?.nombre}
          />
          <Campo
            label={t.tasaCampo}
            name="tasa"
            required
            maxLength={8}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={vigente && tasaParaEditar(vigente.tasa, region)}
          />
          <Campo label={t.desde} hint={t.desdePista} name="desde" type="date" />
        </div>
        <CampoOpciones
          legend={t.modo}
          name="modo"
          defaultValue={vigente?.modo ?? 'incluido'}
          className="sm:grid-cols-2"
          opciones={modos.map((uno) => ({
            valor: uno,
            texto: t.modos[uno],
            detalle: t.detalles[uno],
          }))}
        />
      </Formulario>
    </Panel>
  )
}
