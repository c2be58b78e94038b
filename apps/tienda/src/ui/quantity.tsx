import { useTextos } from '../textos/idioma.ts'
import { IconButton } from './button.tsx'
import { MinusIcon, PlusIcon } from './icons.tsx'

interface QuantityProps {
  readonly label: string
  readonly value: number
  readonly max?: number
  readonly onChange: (value: number) => void
}

/** A whole number, with a button on each side; what is typed counts once it is one. */
export function Quantity({ label, value, max = 1_000_000, onChange }: QuantityProps) {
  const { producto } = useTextos()
  const within = (wanted: number) => Math.max(1, Math.min(max, wanted))
  return (
    <div className="border-borde bg-papel inline-flex items-center rounded-xl border">
      <IconButton
        label={producto.menos}
        aria-disabled={value <= 1}
        className="aria-disabled:opacity-40"
        onClick={() => onChange(within(value - 1))}
      >
        <MinusIcon />
      </IconButton>
      <input
        aria-label={label}
        type="number"
        inputMode="numeric"
        min={1}
        max={max}
        step={1}
        value={value}
        className="text-tinta h-11 w-14 [appearance:textfield] bg-transparent text-center tabular-nums [&::-webkit-inner-spin-button]:appearance-none"
        onChange={({ target: { valueAsNumber } }) => {
          if (Number.isSafeInteger(valueAsNumber)) onChange(within(valueAsNumber))
        }}
      />
      <IconButton
        label={producto.mas}
        aria-disabled={value >= max}
        className="aria-disabled:opacity-40"
        onClick={() => onChange(within(value + 1))}
      >
        <PlusIcon />
      </IconButton>
    </div>
  )
}
