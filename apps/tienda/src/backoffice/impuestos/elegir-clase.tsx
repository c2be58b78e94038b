import { useQuery } from '@tanstack/react-query'
import { CampoLista } from '../../formularios/campos.tsx'
import { useFormato } from '../../textos/formato.ts'
import { claseGeneral, clasesDe } from './clases.ts'
import { opcionesImpuestos } from './datos.ts'
import { useTextosImpuestos } from './textos.ts'

interface ElegirClaseProps {
  readonly label: string
  readonly name: string
  readonly inicial: string | undefined
}

/** Chooses the class of tax of something. What it has is there to choose also before the others have come. */
export function ElegirClase({ label, name, inicial = claseGeneral }: ElegirClaseProps) {
  const t = useTextosImpuestos()
  const { tasa } = useFormato()
  const consulta = useQuery(opcionesImpuestos())
  const clases = clasesDe(consulta.data ?? [], consulta.dataUpdatedAt)
  const conocida = clases.some(({ codigo }) => codigo === inicial)
  const opciones = clases.map(({ codigo, vigente }) => {
    const texto = vigente ? t.con(vigente.nombre, tasa(vigente.tasa), codigo) : t.sin(codigo)
    return [codigo, texto] as const
  })
  return (
    <CampoLista
      // Its options come later than it does: a browser keeps no choice that was none when it began.
      key={consulta.status}
      label={label}
      name={name}
      required
      defaultValue={inicial}
      options={conocida ? opciones : [[inicial, inicial], ...opciones]}
    />
  )
}
