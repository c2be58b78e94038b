import { IconButton } from './button.tsx'
import { MinusIcon, PlusIcon } from './icons.tsx'

interface QuantityProps {
  readonly label: string
  readonly less: string
  readonly more: string
  readonly value: number
  readonly min?: number
  readonly max?: number
  readonly onChange: (value: number) => void
}

/** A whole number, with a button on each side; what is typed counts once it is one. */
export function Quantity({
  label,
  less,
  more,
  value,
  min = 1,
  max = 1_000_000,
  onChange,
}: QuantityProps) {
  const within = (wanted: number) => Math.max(min, Math.min(max, wanted))
  return (
    <div className="border-borde bg-papel inline-flex items-center rounded-xl border">
      <IconButton
        label={less}
        aria-disabled={value <= min}
        className="aria-disabled:opacity-40"
        onClick={() => onChange(within(value - 1))}
      >
        <MinusIcon />
      </IconButton>
      <input
        aria-label={label}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        value={value}
        className="text-tinta h-11 w-14 [appearance:textfield] bg-transparent text-center tabular-nums [&::-webkit-inner-spin-button]:appearance-none"
        onChange={({ target: { valueAsNumber } }) => {
          if (Number.isSafeInteger(valueAsNumber)) onChange(within(valueAsNumber))
        }}
      />
      <IconButton
        label={more}
        aria-disabled={value >= max}
        className="aria-disabled:opacity-40"
        onClick={() => onChange(within(value + 1))}
      >
        <PlusIcon />
      </IconButton>
    </div>
  )
}
