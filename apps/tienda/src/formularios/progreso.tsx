import { useFormato } from '../textos/formato.ts'

interface ProgresoProps {
  readonly texto: string
  /** A share of 1; undefined where nobody can say how long it takes. */
  readonly parte?: number | undefined
}

const barra =
  'bg-hundido [&::-webkit-progress-bar]:bg-hundido [&::-webkit-progress-value]:bg-acento [&::-moz-progress-bar]:bg-acento indeterminate:animate-latir indeterminate:[&::-webkit-progress-bar]:bg-acento h-2 w-full appearance-none overflow-hidden rounded-full'

/** Something that takes a while: what it is, and how far. */
function Progreso({ texto, parte }: ProgresoProps) {
  const { parte: enPorcentaje } = useFormato()
  return (
    <div className="flex flex-col gap-1.5 text-sm font-medium">
      <p className="flex justify-between gap-4">
        <span role="status" className="min-w-0">
          {texto}
        </span>
        {/* For those who listen the bar says it, when they ask. */}
        {parte !== undefined && <span aria-hidden="true">{enPorcentaje(parte)}</span>}
      </p>
      <progress
        aria-label={texto}
        className={barra}
        {...(parte === undefined ? {} : { value: parte, max: 1 })}
      />
    </div>
  )
}

interface EnvioProps {
  readonly enviando: string
  /** Said once everything is sent and the answer is waited for. */
  readonly esperando: string
  /** A share of 1. */
  readonly parte: number
}

/** A file on its way, and the wait for what becomes of it. */
export const ProgresoDeEnvio = ({ enviando, esperando, parte }: EnvioProps) =>
  parte < 1 ? <Progreso texto={enviando} parte={parte} /> : <Progreso texto={esperando} />
