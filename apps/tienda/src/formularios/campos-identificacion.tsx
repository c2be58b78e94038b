import {
  type Identificacion,
  type TipoIdentificacion,
  tiposDe,
  verIdentificacion,
} from '@encargo/service-kit/values/identificacion'
import { useState } from 'react'
import type { Textos } from '../textos/tipo.ts'
import { useLengua } from '../textos/idioma.ts'
import { paisDe, paisesEn } from '../textos/paises.ts'
import { Campo, CampoLista } from './campos.tsx'
import { campoDe, ErrorDeCampo } from './formulario.ts'

/** Names of the controls; `numero` and `tipo` are also what a service calls them. */
const controles = { pais: 'paisDocumento', tipo: 'tipo', numero: 'numero' } as const

/**
 * The document that the fields below say.
 * @throws ErrorDeCampo where its number is mistyped, which then stands at the field
 */
export function leerIdentificacion(datos: FormData, t: Textos): Identificacion {
  const pais = campoDe(datos, controles.pais)
  const escrito = campoDe(datos, controles.tipo)
  const tipo = tiposDe(pais).find((uno) => uno === escrito) ?? 'otro'
  const vista = verIdentificacion({ pais, tipo, numero: campoDe(datos, controles.numero) })
  if (!vista.ok) {
    const dicho = t.identificacion.mal[vista.motivo] ?? vista.detalle
    throw new ErrorDeCampo(controles.numero, dicho)
  }
  return vista.identificacion
}

interface CamposIdentificacionProps {
  readonly inicial?: Identificacion | undefined
}

/** Country, kind and number of an identity document; the kinds are those of the country. */
export function CamposIdentificacion({ inicial }: CamposIdentificacionProps) {
  const { textos: t, region } = useLengua()
  const [pais, setPais] = useState(inicial?.pais ?? paisDe(region) ?? 'EC')
  const [tipo, setTipo] = useState<TipoIdentificacion | undefined>(inicial?.tipo)
  const tipos = tiposDe(pais)
  const elegido = tipos.find((uno) => uno === tipo) ?? tipos[0]
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <CampoLista
        label={t.identificacion.pais}
        name={controles.pais}
        required
        value={pais}
        onChange={({ target }) => setPais(target.value)}
        options={paisesEn(region)}
      />
      <CampoLista
        label={t.identificacion.tipo}
        name={controles.tipo}
        required
        value={elegido}
        onChange={({ target }) => setTipo(tipos.find((uno) => uno === target.value))}
        options={tipos.map((uno) => [uno, t.identificacion.tipos[uno]] as const)}
      />
      <Campo
        label={t.identificacion.numero}
        hint={t.identificacion.numeroPista}
        name={controles.numero}
        required
        maxLength={60}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        defaultValue={inicial?.numero}
        className="sm:col-span-2"
      />
    </div>
  )
}
