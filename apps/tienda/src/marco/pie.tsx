import { Link } from '@tanstack/react-router'
import { useCara } from '../cara/de-la-pagina.ts'
import { useTextos } from '../textos/idioma.ts'
import { Contacto } from './contacto.tsx'
import { EnlacesPropios } from './enlaces-propios.tsx'

const enlace =
  'hover:text-tinta inline-flex min-h-11 items-center underline-offset-4 hover:underline'

/** What is said below every page for shoppers: whom to turn to, and on which terms. */
export function Pie() {
  const t = useTextos()
  const { terminos, privacidad } = useCara()
  return (
    <footer className="border-linea text-suave border-t">
      <div className="mx-auto flex max-w-7xl flex-wrap items-start gap-x-10 gap-y-3 px-4 py-6 text-sm sm:px-6">
        <Contacto className="flex flex-col gap-1.5" />
        <div className="flex min-w-0 flex-col gap-4">
          <EnlacesPropios />
          {(terminos || privacidad) && (
            <nav aria-label={t.legal.titulo} className="-my-2.5 flex flex-wrap gap-x-5">
              {terminos && (
                <Link to="/terminos" className={enlace}>
                  {t.legal.terminos}
                </Link>
              )}
              {privacidad && (
                <Link to="/privacidad" className={enlace}>
                  {t.legal.privacidad}
                </Link>
              )}
            </nav>
          )}
          <p>{t.pie}</p>
        </div>
      </div>
    </footer>
  )
}
