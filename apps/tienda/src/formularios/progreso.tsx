interface ProgresoProps {
  readonly texto: string
  /** A share of 1; undefined where nobody can say how long it takes. */
  readonly parte?: number | undefined
}

/** Something that takes a while: what it is, and how far. */
export function Progreso({ texto, parte }: ProgresoProps) {
  return (
    <div role="status" className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">{texto}</p>
      <progress
        aria-label={texto}
        className="accent-acento h-2 w-full"
        {...(parte === undefined ? {} : { value: parte, max: 1 })}
      />
    </div>
  )
}
