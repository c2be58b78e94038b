import { getRouteApi } from '@tanstack/react-router'
import { FilterSelect } from '../ui/filter-bar.tsx'
import { useTextosCobros } from './textos-listas.ts'

const ruta = getRouteApi('/gestion/cobros')

interface FiltroEstadoProps<E extends string> {
  readonly estados: readonly E[]
  readonly estado: E
  readonly palabras: Readonly<Record<E, string>>
}

/** One of a few states, as the address has it; the first of them where it says none. */
export function useEstado<const E extends string>(estados: readonly [E, ...E[]]): E {
  const { estado } = ruta.useSearch()
  return estados.find((uno) => uno === estado) ?? estados[0]
}

export function FiltroEstado<E extends string>(props: FiltroEstadoProps<E>) {
  const { estados, estado, palabras } = props
  const t = useTextosCobros()
  const { ver } = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const deEsa = ver === undefined ? {} : { ver }
  return (
    <div className="mb-4">
      <FilterSelect
        label={t.estado}
        className="w-72 max-w-full"
        value={estado}
        onChange={(nuevo) => void navegar({ search: { ...deEsa, estado: nuevo }, replace: true })}
        options={estados.map((uno) => [uno, palabras[uno]] as const)}
      />
    </div>
  )
}

/** What programs call something. */
export const Codigo = ({ texto }: { readonly texto: string }) => (
  <code className="text-sm break-all">{texto}</code>
)
