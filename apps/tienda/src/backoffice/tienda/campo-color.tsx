import { leerColor } from '../../cara/colores.ts'
import { Campo } from '../../formularios/campos.tsx'
import { useTextosTienda } from './textos.ts'

interface CampoColorProps {
  readonly label: string
  readonly hint: string
  readonly name: string
  readonly value: string
  /** What is shown where none is chosen. */
  readonly vacio: string
  readonly onChange: (escrito: string) => void
}

/** A colour, typed or picked. */
export function CampoColor({ label, hint, name, value, vacio, onChange }: CampoColorProps) {
  const t = useTextosTienda()
  return (
    <div className="flex items-start gap-2">
      <Campo
        label={label}
        hint={hint}
        name={name}
        className="min-w-0 flex-1"
        autoComplete="off"
        spellCheck={false}
        pattern="\s*#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\s*"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <input
        type="color"
        aria-label={t.elegirColor(label)}
        className="entrada mt-6.5 h-11 w-12 shrink-0 p-1"
        value={leerColor(value) ?? vacio}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
