import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { opcionesCategorias } from '../../datos/productos.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { TrashIcon } from '../../ui/icons.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DownIcon, UpIcon } from '../ui/icons.tsx'
import { useTextosTienda } from './textos.ts'

/** The service takes no more. */
const maximo = 12

/** In another order: the one at `indice`, so many places further on. */
export function mover<T>(todas: readonly T[], indice: number, lugares: number): T[] {
  const una = todas.slice(indice, indice + 1)
  const otras = todas.toSpliced(indice, 1)
  return otras.toSpliced(Math.max(0, indice + lugares), 0, ...una)
}

interface DestacadasProps {
  readonly elegidas: readonly string[]
  readonly onChange: (elegidas: readonly string[]) => void
}

/** Categories of the catalogue, in the order in which shoppers see them. */
export function Destacadas({ elegidas, onChange }: DestacadasProps) {
  const t = useTextosTienda()
  const { data } = useQuery(opcionesCategorias())
  const lista = useRef<HTMLUListElement>(null)
  const conocidas = data?.map(({ nombre }) => nombre) ?? []
  const libres = conocidas.filter((una) => !elegidas.includes(una))
  const quitar = (indice: number) => {
    onChange(elegidas.toSpliced(indice, 1))
    // The button that was pressed is gone with its row.
    lista.current?.focus()
  }
  return (
    <Panel title={t.destacadas}>
      <p className="text-suave mb-4 -mt-2 text-sm">{t.destacadasPista}</p>
      <ul ref={lista} tabIndex={-1} aria-label={t.destacadas} className="flex flex-col gap-1">
        {elegidas.map((una, indice) => (
          <li key={una} className="flex items-center gap-1">
            <span className="min-w-0 flex-1">
              {una}
              {data && !conocidas.includes(una) && (
                <span className="text-suave text-sm">{` (${t.sinProductos})`}</span>
              )}
            </span>
            <IconButton
              label={t.subir(una)}
              aria-disabled={indice === 0}
              className="aria-disabled:opacity-40"
              onClick={() => indice > 0 && onChange(mover(elegidas, indice, -1))}
            >
              <UpIcon />
            </IconButton>
            <IconButton
              label={t.bajar(una)}
              aria-disabled={indice === elegidas.length - 1}
              className="aria-disabled:opacity-40"
              onClick={() => indice < elegidas.length - 1 && onChange(mover(elegidas, indice, 1))}
            >
              <DownIcon />
            </IconButton>
            <IconButton label={t.quitarCategoria(una)} onClick={() => quitar(indice)}>
              <TrashIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      {elegidas.length === 0 && <p className="text-suave text-sm">{t.ninguna}</p>}
      {libres.length > 0 && elegidas.length < maximo && (
        <Select
          label={t.anadir}
          className="mt-4 sm:max-w-80"
          value=""
          options={[['', t.elige], ...libres.map((una) => [una, una] as const)]}
          onChange={({ target }) => onChange([...elegidas, target.value])}
        />
      )}
    </Panel>
  )
}
