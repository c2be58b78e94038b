import { useState } from 'react'
import { leerColor } from '../../cara/colores.ts'
import { type Colores as Elegidos, deLaCasa, derivar } from '../../cara/paleta.ts'
import { Notice } from '../../ui/badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CampoColor } from './campo-color.tsx'
import { useTextosTienda } from './textos.ts'

/** The shop's colours, and what becomes of them where they could not be read. */
export function Colores({ inicial }: { readonly inicial: Elegidos }) {
  const t = useTextosTienda()
  const [principal, setPrincipal] = useState(inicial.principal ?? '')
  const [fondo, setFondo] = useState(inicial.fondo ?? '')
  const { ajustes } = derivar({
    principal: leerColor(principal) ?? null,
    fondo: leerColor(fondo) ?? null,
  })
  return (
    <Panel title={t.colores}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CampoColor
          label={t.principal}
          hint={`${t.principalPista} ${t.colorPista}`}
          name="principal"
          value={principal}
          vacio={deLaCasa.claro.acento}
          onChange={setPrincipal}
        />
        <CampoColor
          label={t.fondo}
          hint={t.colorPista}
          name="fondo"
          value={fondo}
          vacio={deLaCasa.claro.fondo}
          onChange={setFondo}
        />
      </div>
      <div role="status" className="mt-4 empty:hidden">
        {ajustes.length > 0 && (
          <Notice tone="warning" title={t.ajuste.titulo}>
            <ul>
              {ajustes.map(({ de, tema, usado }) => (
                <li key={de + tema}>{t.ajuste[de][tema](usado)}</li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
    </Panel>
  )
}
