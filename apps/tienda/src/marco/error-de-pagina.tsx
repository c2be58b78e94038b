import { useTextos } from '../textos/idioma.ts'
import { Button } from '../ui/button.tsx'
import { WarningIcon } from '../ui/icons.tsx'

/** A page that broke, or whose script is no longer there because the shop was updated meanwhile. */
export function ErrorDePagina() {
  const t = useTextos()
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-4 py-16 text-center">
      <span className="bg-mal-tenue text-mal rounded-full p-3">
        <WarningIcon />
      </span>
      <p className="text-xl font-semibold">{t.fallo.titulo}</p>
      <p className="text-suave">{t.fallo.pagina}</p>
      <Button onClick={() => location.reload()}>{t.fallo.recargar}</Button>
    </div>
  )
}
