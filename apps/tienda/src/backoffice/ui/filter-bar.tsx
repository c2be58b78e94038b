import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Select } from '../../ui/field.tsx'
import { FilterIcon, SearchIcon } from '../../ui/icons.tsx'
import { useMedia } from '../../ui/media.ts'
import { useSearchText } from '../../ui/search-text.ts'
import { useTextosMarco } from '../textos/marco.ts'

interface FilterBarProps {
  /** What filters right now. Besides `q`, it counts as folded away. */
  readonly filters: object
  /** Takes all of it away. */
  readonly onClear: () => void
  /** What is always there; on narrow screens the rest is folded away until it is wanted. */
  readonly main?: ReactNode
  readonly children: ReactNode
}

/** What narrows a list down, in a row that breaks where it must. */
export function FilterBar(props: FilterBarProps) {
  const { filters, onClear, main, children } = props
  const t = useTextosMarco()
  const names = Object.keys(filters)
  const active = names.filter((name) => name !== 'q').length
  const id = useId()
  const wide = useMedia('(min-width: 40rem)')
  const [unfolded, setUnfolded] = useState(false)
  const folds = main !== undefined && !wide
  return (
    <search aria-label={t.filtros} className="mb-4 flex flex-wrap items-end gap-3">
      {main}
      {folds && (
        <Button
          look="secondary"
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => setUnfolded(!unfolded)}
        >
          <FilterIcon />
          <span>{active > 0 ? `${t.filtros} (${active})` : t.filtros}</span>
        </Button>
      )}
      <div id={id} className={!folds ? 'contents' : unfolded ? row : 'hidden'}>
        {children}
      </div>
      {names.length > 0 && (
        <Button look="quiet" onClick={onClear}>
          {t.quitarFiltros}
        </Button>
      )}
    </search>
  )
}

const row = 'flex w-full flex-wrap items-end gap-3'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly className?: string
}

/** Searches as one types, once the fingers rest; at once with Enter. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, value, onChange, className } = props
  const id = useId()
  const { typed, setTyped, searchNow } = useSearchText(value, onChange)
  return (
    <div className={classNames('min-w-0 flex-1 basis-60 max-sm:basis-full', className)}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <span className="text-suave pointer-events-none absolute inset-y-0 left-3.5 flex items-center">
          <SearchIcon />
        </span>
        <input
          id={id}
          type="search"
          autoComplete="off"
          enterKeyHint="search"
          maxLength={200}
          placeholder={placeholder}
          value={typed}
          className="entrada pl-10.5"
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && searchNow()}
        />
      </div>
    </div>
  )
}

interface FilterSelectProps {
  readonly label: string
  readonly value: string
  readonly options: ComponentProps<typeof Select>['options']
  readonly onChange: (value: string) => void
  readonly className: string
}

export const FilterSelect = ({ onChange, ...props }: FilterSelectProps) => (
  <Select {...props} onChange={({ target }) => onChange(target.value)} />
)
