import { type ReactNode, useRef, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { PlusIcon, TrashIcon } from '../../ui/icons.tsx'

interface Fila<T> {
  /** Stays its own while others come and go. */
  readonly clave: number
  readonly dato: T
  /** Added here: one goes on in it. */
  readonly nueva: boolean
}

function useFilas<T>(inicial: readonly T[]) {
  const ultima = useRef(inicial.length)
  const mas = useRef<HTMLButtonElement>(null)
  const [filas, setFilas] = useState<readonly Fila<T>[]>(() =>
    inicial.map((dato, clave) => ({ clave, dato, nueva: false })),
  )
  return {
    filas,
    /** For the button that adds one. */
    mas,
    anadir(dato: T) {
      ultima.current += 1
      setFilas([...filas, { clave: ultima.current, dato, nueva: true }])
    },
    quitar(clave: number) {
      setFilas(filas.filter((una) => una.clave !== clave))
      // The button that was pressed is gone with its row.
      mas.current?.focus()
    },
  }
}

interface FilasProps<T> {
  readonly inicial: readonly T[]
  /** What a row that is added begins with. */
  readonly vacia: T
  readonly maximo?: number
  /** What is said while there is none. */
  readonly ninguna?: string
  readonly anadirTexto: string
  /** Of which row it is, from 1 on. */
  readonly quitarTexto: (numero: number) => string
  /** How the fields of a row share its width. */
  readonly columnas: string
  /** The fields of a row; `numero` from 1 on. */
  readonly children: (fila: Fila<T>, numero: number) => ReactNode
}

/** The rows of a list in a form, which grows and shrinks. */
export function Filas<T>({ inicial, vacia, maximo = Infinity, ...props }: FilasProps<T>) {
  const { ninguna, anadirTexto, quitarTexto, columnas, children } = props
  const { filas, mas, anadir, quitar } = useFilas(inicial)
  return (
    <>
      {filas.length === 0 && ninguna !== undefined && (
        <p className="text-suave mb-3 text-sm">{ninguna}</p>
      )}
      <ul className="flex flex-col gap-3">
        {filas.map((fila, indice) => (
          <li key={fila.clave} className="flex items-start gap-2">
            <div className={`grid min-w-0 flex-1 gap-2 ${columnas}`}>
              {children(fila, indice + 1)}
            </div>
            <IconButton
              label={quitarTexto(indice + 1)}
              className="mt-6.5"
              onClick={() => quitar(fila.clave)}
            >
              <TrashIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      {filas.length < maximo && (
        <Button
          ref={mas}
          look="secondary"
          size="small"
          className="mt-3"
          onClick={() => anadir(vacia)}
        >
          <PlusIcon />
          <span>{anadirTexto}</span>
        </Button>
      )}
    </>
  )
}
