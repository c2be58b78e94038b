import { useState } from 'react'
import { CampoLargo, CampoLista, Formulario } from '../../formularios/campos.tsx'
import { porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { AjustesAvisos, TipoAviso } from './datos.ts'
import { campoTipo, deClientes, dePersonal, leerAjustes } from './forma.ts'
import { Muestra } from './muestra.tsx'
import { useTextosAvisos } from './textos.ts'

interface HojaProps {
  readonly inicial: AjustesAvisos
  readonly conFoco: boolean
  readonly guardar: (forma: AjustesAvisos) => Promise<void>
  readonly alEscribir: () => void
}

/** The form of the shop's mails. */
export function HojaAvisos({ inicial, conFoco, guardar, alEscribir }: HojaProps) {
  const t = useTextosAvisos()
  const [vista, setVista] = useState<TipoAviso>()
  const formulario = useFormulario({
    enviar: (datos) => guardar(leerAjustes(datos, t.correoMal)),
    explicar: porCodigo({ prohibido: { mensaje: t.soloAdmin } }),
  })
  const { personal, tipos, instruccionesPago, idioma } = inicial
  return (
    <>
      <Formulario
        de={formulario}
        boton={t.guardar}
        autoFocus={conFoco}
        className="gap-5"
        onChange={alEscribir}
      >
        <Panel title={t.pago}>
          <p className="text-suave mb-4 -mt-2 text-sm">{t.pagoPista}</p>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <CampoLargo
              label={t.enEs}
              name="instruccionesEs"
              rows={5}
              maxLength={4_000}
              defaultValue={instruccionesPago.es ?? ''}
            />
            <CampoLargo
              label={t.enEn}
              name="instruccionesEn"
              rows={5}
              maxLength={4_000}
              defaultValue={instruccionesPago.en ?? ''}
            />
          </div>
        </Panel>
        <Panel title={t.aQuien}>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <CampoLargo
              label={t.personal}
              hint={t.personalPista}
              name="personal"
              autoCapitalize="none"
              spellCheck={false}
              defaultValue={personal.join('\n')}
            />
            <CampoLista
              label={t.idioma}
              name="idioma"
              required
              defaultValue={idioma ?? 'tienda'}
              options={[
                ['tienda', t.idiomas.tienda],
                ['es', t.idiomas.es],
                ['en', t.idiomas.en],
              ]}
            />
          </div>
        </Panel>
        <Panel title={t.cuales}>
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
            <Tipos titulo={t.alCliente} cuales={deClientes} {...{ tipos, setVista }} />
            <Tipos titulo={t.alPersonal} cuales={dePersonal} {...{ tipos, setVista }} />
          </div>
        </Panel>
      </Formulario>
      <Muestra tipo={vista} alCerrar={() => setVista(undefined)} />
    </>
  )
}

interface TiposProps {
  readonly titulo: string
  readonly cuales: readonly TipoAviso[]
  readonly tipos: AjustesAvisos['tipos']
  readonly setVista: (tipo: TipoAviso) => void
}

function Tipos({ titulo, cuales, tipos, setVista }: TiposProps) {
  const t = useTextosAvisos()
  return (
    <fieldset className="min-w-0">
      <legend className="text-suave mb-1 text-sm font-medium">{titulo}</legend>
      {cuales.map((tipo) => (
        <div key={tipo} className="flex items-center gap-2">
          <label className="flex min-h-11 min-w-0 flex-1 items-center gap-3">
            <input
              type="checkbox"
              name={campoTipo(tipo)}
              defaultChecked={tipos[tipo]}
              className="accent-acento size-5 shrink-0"
            />
            <span className="min-w-0">{t.tipos[tipo]}</span>
          </label>
          <Button
            look="quiet"
            size="small"
            aria-label={t.ver(t.tipos[tipo])}
            onClick={() => setVista(tipo)}
          >
            {t.enVer}
          </Button>
        </div>
      ))}
    </fieldset>
  )
}
