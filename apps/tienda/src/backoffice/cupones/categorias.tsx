import { useQuery } from '@tanstack/react-query'
import { opcionesCategorias } from '../../datos/productos.ts'
import { Panel } from '../../ui/panel.tsx'
import { useTextosCupones } from './textos.ts'

interface CategoriasProps {
  readonly elegidas: readonly string[]
  readonly onChange: (elegidas: readonly string[]) => void
}

/** Which categories a coupon is for; also those that have no products any more. */
export function Categorias({ elegidas, onChange }: CategoriasProps) {
  const t = useTextosCupones()
  const { data = [] } = useQuery(opcionesCategorias())
  const todas = [...new Set([...elegidas, ...data.map(({ nombre }) => nombre)])]
  if (todas.length === 0) return null
  return (
    <Panel title={t.categorias}>
      <p className="text-suave mb-3 -mt-2 text-sm">{t.categoriasPista}</p>
      <ul
        className="grid max-h-72 gap-x-4 overflow-y-auto sm:grid-cols-2"
        aria-label={t.categorias}
      >
        {todas.map((una) => (
          <li key={una}>
            <label className="flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                className="accent-acento size-5 shrink-0"
                checked={elegidas.includes(una)}
                onChange={({ target }) =>
                  onChange(
                    target.checked ? [...elegidas, una] : elegidas.filter((otra) => otra !== una),
                  )
                }
              />
              <span className="min-w-0">{una}</span>
            </label>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
