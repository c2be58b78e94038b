import { useState } from 'react'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

interface CuponProps {
  /** The one that is asked for. */
  readonly puesto: string
  /** Whether the shop takes it. */
  readonly vale: boolean
  readonly error: string | undefined
  readonly onChange: (codigo: string) => void
}

/** A code that takes something off, asked for only by who has one. */
export function Cupon({ puesto, vale, error, onChange }: CuponProps) {
  const t = useTextos()
  const [abierto, setAbierto] = useState(puesto !== '')
  const [escrito, setEscrito] = useState(puesto)
  const aplicar = () => onChange(escrito.trim().toUpperCase())
  const quitar = () => {
    setEscrito('')
    onChange('')
  }
  return (
    <div className="flex flex-col gap-2">
      <input type="hidden" name="cupon" value={puesto} />
      {!abierto && (
        <Button
          look="secondary"
          size="small"
          className="self-start"
          onClick={() => setAbierto(true)}
        >
          {t.compra.tengoCupon}
        </Button>
      )}
      {abierto && (
        <div className="flex flex-wrap items-start gap-3">
          <Field
            label={t.compra.cupon}
            className="min-w-40 flex-1"
            value={escrito}
            autoFocus={puesto === ''}
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={40}
            error={error}
            onChange={({ currentTarget }) => setEscrito(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              aplicar()
            }}
          />
          {puesto === '' || escrito.trim().toUpperCase() !== puesto ? (
            <Button look="secondary" className="mt-6.5" onClick={aplicar}>
              {t.compra.aplicarCupon}
            </Button>
          ) : (
            <Button look="secondary" className="mt-6.5" onClick={quitar}>
              {t.compra.quitarCupon}
            </Button>
          )}
        </div>
      )}
      <p role="status" className="text-bien text-sm font-medium empty:hidden">
        {vale && <span>{t.compra.cuponVale(puesto)}</span>}
      </p>
    </div>
  )
}
