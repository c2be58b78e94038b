import { useTextosVarios } from '../textos/varios.ts'

interface CasillaProps {
  readonly numero: number
  readonly elegido: boolean
  readonly onChange: (elegido: boolean) => void
}

/** Chooses an order among several; as large as a finger, above the link that its row is. */
export function Casilla({ numero, elegido, onChange }: CasillaProps) {
  const t = useTextosVarios()
  return (
    <label className="relative z-10 -my-3 grid size-12 cursor-pointer place-items-center">
      <input
        type="checkbox"
        aria-label={t.elegirDe(numero)}
        checked={elegido}
        className="accent-acento size-5"
        onChange={({ target }) => onChange(target.checked)}
      />
    </label>
  )
}
