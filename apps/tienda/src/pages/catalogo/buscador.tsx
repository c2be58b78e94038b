import { useEffect, useRef, useState } from 'react'
import type { Filtros } from '../../datos/filtros.ts'
import { useTextos } from '../../textos/idioma.ts'
import { IconButton } from '../../ui/button.tsx'
import { CloseIcon, SearchIcon } from '../../ui/icons.tsx'
import type { Cambiar } from './catalogo-page.tsx'

/** Between two letters of somebody who types, in milliseconds: as long as this, nothing is asked. */
const esperaMs = 200

interface BuscadorProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

/** Searches while one types; the address always says what is searched for. */
export function Buscador({ filtros, cambiar }: BuscadorProps) {
  const t = useTextos()
  const enDireccion = filtros.q ?? ''
  const [escrito, setEscrito] = useState(enDireccion)
  const pedido = useRef(enDireccion)
  const caja = useRef<HTMLInputElement>(null)
  // The address changed by itself: back, forward, a link.
  useEffect(() => {
    if (enDireccion !== pedido.current) setEscrito(enDireccion)
    pedido.current = enDireccion
  }, [enDireccion])

  const buscar = (texto: string) => {
    if (texto.trim() === pedido.current) return
    pedido.current = texto.trim()
    cambiar({ q: texto.trim() || undefined })
  }
  const ultima = useRef(buscar)
  useEffect(() => {
    ultima.current = buscar
  })
  useEffect(() => {
    // Nothing more is to come behind an empty box, but its being empty is seen first.
    const timer = setTimeout(() => ultima.current(escrito), escrito === '' ? 0 : esperaMs)
    return () => clearTimeout(timer)
  }, [escrito])

  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault()
        buscar(escrito)
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
        value={escrito}
        onChange={({ target }) => setEscrito(target.value)}
        className="entrada pr-11 pl-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {escrito !== '' && (
        <IconButton
          label={t.catalogo.borrarBusqueda}
          className="absolute inset-y-0 right-0"
          onClick={() => {
            setEscrito('')
            caja.current?.focus()
          }}
        >
          <CloseIcon />
        </IconButton>
      )}
    </form>
  )
}
