import { type Filtros, ordenesDe, ordenUsual } from '../../datos/filtros.ts'
import { useTextos } from '../../textos/idioma.ts'
import type { Cambiar } from './catalogo-page.tsx'

interface OrdenProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

export function Orden({ filtros, cambiar }: OrdenProps) {
  const t = useTextos()
  const ordenes = ordenesDe(filtros.q)
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm">
      <span className="text-suave max-md:sr-only">{t.catalogo.ordenar}</span>
      <select
        className="entrada w-auto max-w-48 min-w-0"
        value={filtros.orden ?? ordenUsual(filtros.q)}
        onChange={({ target }) => cambiar({ orden: ordenes.find((uno) => uno === target.value) })}
      >
        {ordenes.map((uno) => (
          <option key={uno} value={uno}>
            {t.catalogo.orden[uno]}
          </option>
        ))}
      </select>
    </label>
  )
}
