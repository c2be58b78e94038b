import { useId, useState } from 'react'
import { Campo, CampoLista } from '../../formularios/campos.tsx'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Forma } from './forma.ts'
import { useTextosTienda } from './textos.ts'

/** What time it is there, for who wonders whether it is the right zone; undefined for what is none. */
export function horaEn(zona: string, region: string): string | undefined {
  try {
    const formato = new Intl.DateTimeFormat(region, { timeZone: zona, timeStyle: 'short' })
    return formato.format(Date.now())
  } catch {
    return undefined
  }
}

export function Identidad({ inicial }: { readonly inicial: Forma }) {
  const t = useTextosTienda()
  return (
    <Panel title={t.identidad}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Campo
          label={t.nombre}
          name="nombre"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={inicial.nombre}
        />
        <Campo
          label={t.lema}
          hint={t.lemaPista}
          name="lema"
          maxLength={160}
          autoComplete="off"
          defaultValue={inicial.lema ?? ''}
        />
        <CampoLista
          label={t.idioma}
          hint={t.idiomaPista}
          name="idioma"
          required
          defaultValue={inicial.idioma}
          options={(['es', 'en'] as const).map((uno) => [uno, t.idiomas[uno]])}
        />
        <Zona inicial={inicial.zonaHoraria} />
      </div>
    </Panel>
  )
}

function Zona({ inicial }: { readonly inicial: string }) {
  const t = useTextosTienda()
  const { region } = useLengua()
  const [zona, setZona] = useState(inicial)
  const [zonas] = useState(() => ['UTC', ...Intl.supportedValuesOf('timeZone')])
  const lista = useId()
  const hora = horaEn(zona.trim(), region)
  return (
    <>
      <Campo
        label={t.zona}
        {...(hora === undefined ? {} : { hint: t.zonaPista(hora) })}
        name="zonaHoraria"
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        list={lista}
        value={zona}
        onChange={({ target }) => setZona(target.value)}
      />
      <datalist id={lista}>
        {zonas.map((una) => (
          <option key={una} value={una} />
        ))}
      </datalist>
    </>
  )
}
