import { Link } from '@tanstack/react-router'
import { useTextos } from '../../textos/idioma.ts'
import { aPaso } from './paso.ts'

interface PasosProps {
  readonly actual: number
}

/** Where one is on the way, and the way back to what is done. */
export function Pasos({ actual }: PasosProps) {
  const t = useTextos()
  return (
    <nav aria-label={t.compra.pasos} className="mb-5">
      <ol className="flex flex-wrap gap-x-2 sm:gap-x-5 gap-y-1 text-sm">
        {t.compra.nombresPasos.map((nombre, indice) => {
          const numero = indice + 1
          const texto = `${numero}. ${nombre}`
          return (
            <li
              key={nombre}
              aria-current={numero === actual ? 'step' : undefined}
              className={numero === actual ? 'font-semibold' : 'text-suave'}
            >
              {numero < actual ? (
                <Link
                  to="/comprar"
                  search={aPaso(numero)}
                  className="inline-flex min-h-11 items-center underline underline-offset-4"
                >
                  {texto}
                </Link>
              ) : (
                <span className="inline-flex min-h-11 items-center">{texto}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
