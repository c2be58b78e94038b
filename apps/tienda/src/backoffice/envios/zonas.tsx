import { useMemo } from 'react'
import { Campo, CampoLista } from '../../formularios/campos.tsx'
import { paisesEn } from '../../textos/paises.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { Filas } from '../ui/filas.tsx'
import type { FormaMetodo } from './datos.ts'
import { campoZona } from './forma.ts'
import { useTextosEnvios } from './textos.ts'

/** Where a method goes: countries, or only some of their provinces. */
export function CamposZonas({ inicial }: { readonly inicial: FormaMetodo['zonas'] }) {
  const t = useTextosEnvios()
  const { region } = useLengua()
  const paises = useMemo(() => paisesEn(region), [region])
  return (
    <Panel title={t.llegaA}>
      <Filas
        inicial={inicial}
        vacia={{ pais: '' }}
        ninguna={t.sinZonas}
        anadirTexto={t.anadirPais}
        quitarTexto={t.quitarPais}
        columnas="sm:grid-cols-[2fr_3fr]"
      >
        {({ clave, dato: { pais, provincias = [] }, nueva }, numero) => (
          <>
            <CampoLista
              label={t.pais}
              aria-label={t.paisDe(numero)}
              name={campoZona.pais + clave}
              required
              autoFocus={nueva}
              defaultValue={pais}
              options={[['', ''], ...paises]}
            />
            <Campo
              label={t.provincias}
              aria-label={t.provinciasDeN(numero)}
              hint={t.provinciasPista}
              name={campoZona.provincias + clave}
              autoComplete="off"
              defaultValue={provincias.join(', ')}
            />
          </>
        )}
      </Filas>
    </Panel>
  )
}
