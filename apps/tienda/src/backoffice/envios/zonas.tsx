import { useMemo } from 'react'
import { Campo, CampoLista } from '../../formularios/campos.tsx'
import { paisesEn } from '../../textos/paises.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { PlusIcon, TrashIcon } from '../../ui/icons.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useFilas } from '../ui/filas.ts'
import type { FormaMetodo } from './datos.ts'
import { campoZona } from './forma.ts'
import { useTextosEnvios } from './textos.ts'

/** Where a method goes: countries, or only some of their provinces. */
export function CamposZonas({ inicial }: { readonly inicial: FormaMetodo['zonas'] }) {
  const t = useTextosEnvios()
  const { region } = useLengua()
  const paises = useMemo(() => paisesEn(region), [region])
  const { filas, mas, anadir, quitar } = useFilas(inicial)
  return (
    <Panel title={t.llegaA}>
      {filas.length === 0 && <p className="text-suave mb-3 text-sm">{t.sinZonas}</p>}
      <ul className="flex flex-col gap-3">
        {filas.map(({ clave, dato: { pais, provincias = [] }, nueva }, indice) => (
          <li key={clave} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[2fr_3fr]">
              <CampoLista
                label={t.pais}
                aria-label={t.paisDe(indice + 1)}
                name={campoZona.pais + clave}
                required
                autoFocus={nueva}
                defaultValue={pais}
                options={[['', ''], ...paises]}
              />
              <Campo
                label={t.provincias}
                aria-label={t.provinciasDeN(indice + 1)}
                hint={t.provinciasPista}
                name={campoZona.provincias + clave}
                autoComplete="off"
                defaultValue={provincias.join(', ')}
              />
            </div>
            <IconButton
              label={t.quitarPais(indice + 1)}
              className="mt-6.5"
              onClick={() => quitar(clave)}
            >
              <TrashIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button
        ref={mas}
        look="secondary"
        size="small"
        className="mt-3"
        onClick={() => anadir({ pais: '' })}
      >
        <PlusIcon />
        <span>{t.anadirPais}</span>
      </Button>
    </Panel>
  )
}
