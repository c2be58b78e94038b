import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useCara } from '../cara/de-la-pagina.ts'
import { ContextoZona, zonaDe } from '../cara/zona.ts'
import { ConSesion } from '../sesion/con-sesion.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Illustration } from '../ui/illustration.tsx'
import { Empty, Page } from '../ui/page.tsx'
import { secciones } from './navegacion.tsx'
import { ContextoPersonal, esPersonal, useEsAdmin } from './personal.ts'
import { useTextosMarco } from './textos/marco.ts'
import { Cuenta } from './ui/cuenta.tsx'

/** Every page of the back office: for staff only, with the way to the others beside it. */
export function MarcoGestion() {
  const { zonaHoraria } = useCara()
  return (
    <ConSesion>
      {(yo) => {
        if (!esPersonal(yo)) return <Ajena />
        return (
          <ContextoPersonal value={yo}>
            <ContextoZona value={zonaDe(zonaHoraria)}>
              <div className="w-full lg:grid lg:min-h-[calc(100dvh-3.8rem)] lg:grid-cols-[12rem_minmax(0,1fr)] print:block">
                <Navegacion />
                <div className="min-w-0 px-4 py-5 sm:px-6 lg:py-8">
                  <Outlet />
                </div>
              </div>
            </ContextoZona>
          </ContextoPersonal>
        )
      }}
    </ConSesion>
  )
}

const enlace =
  'hover:bg-hundido inline-flex min-h-11 shrink-0 items-center gap-2.5 rounded-xl px-3 font-medium max-lg:whitespace-nowrap transition-colors aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte'

/** Beside the pages where there is room, above them where there is not. */
function Navegacion() {
  const t = useTextosMarco()
  const esAdmin = useEsAdmin()
  const deQuienMira = secciones.filter(({ deAdmin = false }) => esAdmin || !deAdmin)
  const lista = useRef<HTMLUListElement>(null)
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  useEffect(() => {
    // On narrow screens not all fit: where one is, is always seen.
    const actual = lista.current?.querySelector('[aria-current=page]')
    actual?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav
      aria-label={t.secciones}
      className="border-linea bg-fondo z-20 max-lg:border-b lg:border-r"
    >
      <ul
        ref={lista}
        className="flex gap-1 p-2 max-lg:overflow-x-auto lg:sticky lg:top-16 lg:flex-col lg:px-3 lg:py-8"
      >
        {deQuienMira.map(({ to, texto, icono, exacta = false, cuenta }) => (
          <li key={texto} className="flex lg:flex-col">
            <Link
              to={to}
              activeOptions={{ exact: exacta, includeSearch: false }}
              className={enlace}
            >
              {icono}
              <span>{t.seccion[texto]}</span>
              {cuenta && <CuentaDe de={cuenta} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** How much waits there, if anything does. */
function CuentaDe({ de }: { readonly de: () => string | undefined }) {
  const { esperan } = useTextosMarco()
  const cuantos = de()
  return cuantos === undefined ? null : <Cuenta cuantos={cuantos} texto={esperan(cuantos)} />
}

/** Somebody who buys here and does not work here. */
function Ajena() {
  const t = useTextosMarco()
  return (
    <Page title={t.ajena} ownHeading>
      <Empty
        alone
        title={t.ajena}
        text={t.ajenaTexto}
        picture={<Illustration family="gestion" seed="puerta" />}
      >
        <Link to="/" className={buttonClass('secondary')}>
          {t.alCatalogo}
        </Link>
      </Empty>
    </Page>
  )
}
