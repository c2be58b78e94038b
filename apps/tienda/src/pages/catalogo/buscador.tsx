import { useRef } from 'react'
import type { Filtros } from '../../datos/filtros.ts'
import { useTextos } from '../../textos/idioma.ts'
import { IconButton } from '../../ui/button.tsx'
import { CloseIcon, SearchIcon } from '../../ui/icons.tsx'
import { useSearchText } from '../../ui/search-text.ts'
import type { Cambiar } from './catalogo-page.tsx'

interface BuscadorProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

/** Searches while one types; the address always says what is searched for. */
export function Buscador({ filtros, cambiar }: BuscadorProps) {
  const t = useTextos()
  const caja = useRef<HTMLInputElement>(null)
  const { typed, setTyped, searchNow } = useSearchText(filtros.q ?? '', (texto) =>
    cambiar({ q: texto || undefined }),
  )

  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault()
        searchNow()
      }}
    >
      <span className="text-suave pointer-events-none absolute inset-y-0 left-3.5 flex items-center">
        <SearchIcon />
      </span>
      <input
        ref={caja}
        type="search"
        name="q"
        aria-label={t.catalogo.buscar}
        placeholder={t.catalogo.buscarEjemplo}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={200}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="entrada pr-11 pl-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <IconButton
          label={t.catalogo.borrarBusqueda}
          className="absolute inset-y-0 right-0"
          onClick={() => {
            setTyped('')
            caja.current?.focus()
          }}
        >
          <CloseIcon />
        </IconButton>
      )}
    </form>
  )
}
