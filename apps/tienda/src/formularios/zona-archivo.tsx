import { type DragEvent, useState } from 'react'
import { classNames } from '../ui/class-names.ts'

interface ZonaProps {
  /** What the button says. */
  readonly texto: string
  /** What else can be done, and what fits. */
  readonly pista: string
  /** Types and endings, as `<input accept>` has them. */
  readonly accept: string
  readonly disabled?: boolean
  readonly onArchivo: (archivo: File) => void
}

const traeArchivos = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')

/** Takes one file: chosen with mouse, finger or keyboard, or dropped. */
export function ZonaArchivo({ texto, pista, accept, disabled = false, onArchivo }: ZonaProps) {
  const [encima, setEncima] = useState(false)
  const soltar = (event: DragEvent) => {
    if (!traeArchivos(event)) return
    event.preventDefault()
    setEncima(false)
    const [archivo] = event.dataTransfer.files
    if (archivo && !disabled) onArchivo(archivo)
  }
  return (
    <label
      className={classNames(
        'border-borde has-focus-visible:outline-acento flex cursor-pointer flex-col items-center gap-1 rounded-xl border-2 border-dashed px-4 py-6 text-center transition-colors has-focus-visible:outline-3 has-focus-visible:outline-offset-2',
        encima ? 'border-acento bg-acento-tenue' : 'hover:bg-hundido',
        disabled && 'pointer-events-none opacity-60',
      )}
      onDragOver={(event) => {
        if (!traeArchivos(event)) return
        event.preventDefault()
        setEncima(true)
      }}
      onDragLeave={() => setEncima(false)}
      onDrop={soltar}
    >
      <span className="text-acento font-medium underline underline-offset-4">{texto}</span>
      <span className="text-suave text-sm">{pista}</span>
      <input
        type="file"
        accept={accept}
        disabled={disabled}
        className="sr-only"
        onChange={({ target }) => {
          const [archivo] = target.files ?? []
          // The same file, once it was mended, can be chosen again.
          target.value = ''
          if (archivo) onArchivo(archivo)
        }}
      />
    </label>
  )
}
