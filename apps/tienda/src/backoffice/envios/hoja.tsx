import { useState } from 'react'
import { useMoneda } from '../../datos/moneda.ts'
import { Campo, CampoLargo, CampoOpciones, Formulario } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { ElegirClase } from '../impuestos/elegir-clase.tsx'
import type { FormaMetodo } from './datos.ts'
import { leerMetodo, tipos } from './forma.ts'
import { CamposTarifa } from './tarifa.tsx'
import { useTextosEnvios } from './textos.ts'
import { CamposZonas } from './zonas.tsx'

interface HojaProps {
  /** Undefined for a method that there is not yet. */
  readonly inicial: FormaMetodo | undefined
  readonly conFoco: boolean
  readonly guardar: (forma: FormaMetodo, codigo: string) => Promise<void>
  readonly alEscribir: () => void
}

/** The form of a shipping method. */
export function HojaMetodo({ inicial, conFoco, guardar, alEscribir }: HojaProps) {
  const t = useTextosEnvios()
  const moneda = useMoneda()
  const { region } = useLengua()
  const [tipo, setTipo] = useState<string>(inicial?.tipo ?? 'domicilio')
  const formulario = useFormulario({
    async enviar(datos) {
      const codigo = campoDe(datos, 'codigo')
      if (!inicial && !/^[A-Za-z0-9][\w-]{0,39}$/.test(codigo)) {
        throw new ErrorDeCampo('codigo', t.codigoMal)
      }
      await guardar(leerMetodo(datos, { region, moneda, textos: t }), codigo)
    },
    explicar: porCodigo({
      'codigo-en-uso': { campo: 'codigo', mensaje: t.codigoEnUso },
      prohibido: { mensaje: t.soloAdmin },
    }),
  })
  return (
    <Formulario
      de={formulario}
      boton={t.guardar}
      autoFocus={conFoco}
      className="gap-5"
      onChange={alEscribir}
    >
      <Panel title={t.metodo}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Campo
            label={t.nombre}
            hint={t.nombrePista}
            name="nombre"
            required
            maxLength={80}
            autoComplete="off"
            autoFocus={!inicial}
            defaultValue={inicial?.nombre}
          />
          {!inicial && (
            <Campo
              label={t.codigo}
              hint={t.codigoPista}
              name="codigo"
              required
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </div>
        <CampoOpciones
          legend={t.tipo}
          name="tipo"
          className="sm:grid-cols-2"
          defaultValue={tipo}
          onChange={setTipo}
          opciones={tipos.map((uno) => ({
            valor: uno,
            texto: t.tipos[uno],
            detalle: t.tiposDetalle[uno],
          }))}
        />
        <div className="mt-4 grid items-start gap-4 sm:grid-cols-2">
          <ElegirClase
            label={t.claseImpuesto}
            name="claseImpuesto"
            inicial={inicial?.claseImpuesto}
          />
          <Campo
            label={t.plazoDias}
            name="plazoDias"
            inputMode="numeric"
            autoComplete="off"
            pattern="\s*[0-9]{1,3}\s*"
            defaultValue={inicial?.plazoDias ?? ''}
          />
          <CampoLargo
            label={t.instrucciones}
            hint={t.instruccionesPista}
            name="instrucciones"
            className="sm:col-span-2"
            rows={2}
            maxLength={500}
            defaultValue={inicial?.instrucciones ?? ''}
          />
        </div>
      </Panel>
      <CamposTarifa inicial={inicial} moneda={moneda} />
      {tipo === 'domicilio' && <CamposZonas inicial={inicial?.zonas ?? []} />}
    </Formulario>
  )
}
