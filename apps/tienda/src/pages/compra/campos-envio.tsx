import { useDeferredValue, useMemo } from 'react'
import { Campo, CampoLista } from '../../formularios/campos.tsx'
import { nombreMaximo, telefonoPatron } from '../../formularios/limites.ts'
import { useLengua } from '../../textos/idioma.ts'
import type { Borrador } from './borrador.ts'
import { paisesEn, soloPais } from '../../textos/paises.ts'

const anchos = {
  2: 'sm:col-span-2',
  3: 'sm:col-span-3',
  4: 'sm:col-span-4',
  6: 'sm:col-span-6',
} as const

type CampoEnvio = 'nombre' | 'calle' | 'ciudad' | 'provincia' | 'codigoPostal' | 'pais' | 'telefono'

interface CamposEnvioProps {
  readonly inicial: Borrador
  /** Who gets it is asked for: a guest has said already who they are and where to call. */
  readonly conNombre: boolean
}

export function CamposEnvio({ inicial, conNombre }: CamposEnvioProps) {
  const { textos: t, region } = useLengua()
  // Naming, sorting and drawing two hundred countries can wait until the form is seen.
  const todos = useDeferredValue(true, false)
  const elegido = inicial.pais ?? ''
  const paises = useMemo(
    () => (todos ? paisesEn(region) : soloPais(elegido, region)),
    [todos, elegido, region],
  )
  /** `ancho`: of six columns; `dato`: what browsers fill in (HTML, 4.10.18.7). */
  const campo = (name: CampoEnvio, ancho: keyof typeof anchos, dato?: string) => ({
    name,
    label: t.compra[name],
    defaultValue: inicial[name] ?? '',
    className: anchos[ancho],
    ...(dato === undefined ? {} : { autoComplete: `shipping ${dato}` }),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      {conNombre && <Campo {...campo('nombre', 6, 'name')} required maxLength={nombreMaximo} />}
      <Campo {...campo('calle', 6, 'street-address')} required maxLength={200} />
      <Campo
        name="referencia"
        label={t.direcciones.referencia}
        placeholder={t.direcciones.referenciaEjemplo}
        defaultValue={inicial.referencia}
        maxLength={200}
        className={anchos[6]}
      />
      <Campo {...campo('ciudad', 3, 'address-level2')} required maxLength={100} />
      <Campo {...campo('provincia', 3, 'address-level1')} maxLength={100} />
      <Campo {...campo('codigoPostal', 2, 'postal-code')} maxLength={20} />
      <CampoLista {...campo('pais', 4, 'country')} required options={[['', ''], ...paises]} />
      {conNombre && <Campo {...campo('telefono', 6, 'tel')} type="tel" pattern={telefonoPatron} />}
    </div>
  )
}
