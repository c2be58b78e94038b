import { FalloApi } from '../api.ts'
import { textoDeFallo } from '../textos/problemas.ts'
import { useTextos } from '../textos/idioma.ts'
import { Button } from './button.tsx'
import { WarningIcon } from './icons.tsx'

interface FailureProps {
  readonly error: unknown
  readonly onRetry?: () => void
  readonly busy?: boolean
}

/** What went wrong, what to do about it, and the number to quote. */
export function Failure({ error, onRetry, busy = false }: FailureProps) {
  const t = useTextos()
  const peticion = error instanceof FalloApi ? error.peticion : null
  return (
    <div
      role="alert"
      className="carta mx-auto flex max-w-lg flex-col items-center gap-3 p-8 text-center"
    >
      <span className="bg-mal-tenue text-mal rounded-full p-3">
        <WarningIcon />
      </span>
      <p className="text-lg font-semibold">{t.fallo.titulo}</p>
      <p className="text-suave">{textoDeFallo(t, error)}</p>
      {onRetry && (
        <Button look="secondary" busy={busy} onClick={onRetry}>
          {t.reintentar}
        </Button>
      )}
      {peticion !== null && (
        <p className="text-suave text-sm">
          <span>{t.fallo.peticion}</span> <code className="text-xs break-all">{peticion}</code>
        </p>
      )}
    </div>
  )
}
