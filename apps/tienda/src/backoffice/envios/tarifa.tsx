import { useState } from 'react'
import { CampoEntero } from '../../formularios/campo-entero.tsx'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import { CampoLista } from '../../formularios/campos.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Filas } from '../ui/filas.tsx'
import type { FormaMetodo } from './datos.ts'
import { campoTramo, tarifas } from './forma.ts'
import { useTextosEnvios } from './textos.ts'

type Tarifa = FormaMetodo['tarifa']
type PorTramos = Exclude<Tarifa, { readonly tipo: 'fija' }>

const maximo = 50

interface TarifaProps {
  readonly inicial: FormaMetodo | undefined
  readonly moneda: string
}

/** What a method costs: always the same, or by steps. */
export function CamposTarifa({ inicial, moneda }: TarifaProps) {
  const t = useTextosEnvios()
  const tarifa = inicial?.tarifa
  const [tipo, setTipo] = useState<Tarifa['tipo']>(tarifa?.tipo ?? 'fija')
  return (
    <Panel title={t.tarifa}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CampoLista
          label={t.calculo}
          name="tarifa"
          required
          value={tipo}
          onChange={({ target }) => setTipo(tarifas.find((una) => una === target.value) ?? tipo)}
          options={tarifas.map((una) => [una, t.tarifas[una]])}
        />
        {tipo === 'fija' && (
          <CampoPrecio
            label={t.precio}
            name="precio"
            required
            moneda={moneda}
            inicial={tarifa?.tipo === 'fija' ? tarifa.precio : undefined}
          />
        )}
        <CampoPrecio
          label={t.gratisDesde}
          name="gratisDesde"
          moneda={moneda}
          inicial={inicial?.gratisDesde ?? undefined}
        />
      </div>
      {tipo !== 'fija' && (
        <Tramos
          key={tipo}
          tipo={tipo}
          moneda={moneda}
          inicial={tarifa?.tipo === tipo ? tarifa.tramos : [{ desde: 0 }]}
        />
      )}
      <p className="text-suave mt-3 text-sm">{t.impuestoDentro}</p>
    </Panel>
  )
}

interface TramosProps {
  readonly tipo: PorTramos['tipo']
  readonly moneda: string
  readonly inicial: readonly Partial<PorTramos['tramos'][number]>[]
}

function Tramos({ tipo, moneda, inicial }: TramosProps) {
  const t = useTextosEnvios()
  return (
    <fieldset className="border-linea mt-4 rounded-xl border p-4">
      <legend className="px-1 text-sm font-medium">{t.tramos}</legend>
      <p className="text-suave mb-3 text-sm">{t.tramosPista[tipo]}</p>
      <Filas
        inicial={inicial}
        vacia={{}}
        maximo={maximo}
        anadirTexto={t.anadirTramo}
        quitarTexto={t.quitarTramo}
        columnas="sm:grid-cols-2"
      >
        {({ clave, dato, nueva }, numero) => {
          const desde = {
            name: campoTramo.desde + clave,
            'aria-label': t.tramoDesde(numero),
            required: true,
            autoFocus: nueva,
          }
          return (
            <>
              {tipo === 'por-peso' ? (
                <CampoEntero label={t.desdePeso} {...desde} defaultValue={dato.desde ?? ''} />
              ) : (
                <CampoPrecio
                  label={t.desdeImporte}
                  {...desde}
                  moneda={moneda}
                  inicial={dato.desde}
                />
              )}
              <CampoPrecio
                label={t.precio}
                aria-label={t.tramoPrecio(numero)}
                name={campoTramo.precio + clave}
                required
                moneda={moneda}
                inicial={dato.precio}
              />
            </>
          )
        }}
      </Filas>
    </fieldset>
  )
}
