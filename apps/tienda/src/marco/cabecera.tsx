import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCara } from '../cara/de-la-pagina.ts'
import { useUnidades } from '../cesta/cesta.ts'
import { useSesion, useEsPersonal } from '../sesion/sesion.ts'
import { useLengua, elegirIdioma } from '../textos/idioma.ts'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/button.tsx'
import { BasketIcon, BoxIcon, GearIcon, MoonIcon, PersonIcon, SunIcon } from '../ui/icons.tsx'
import { Contacto } from './contacto.tsx'
import { Marca } from './marca.tsx'
import { elegirTema, useTema } from './tema.ts'

/** Six of them and the shop's mark fit into 320 px, which is 1280 px at 400 % (WCAG 1.4.10). */
const angosto = 'max-[22.4rem]:w-9.5 max-[22.4rem]:min-w-9.5 max-[22.4rem]:px-0'

const enlace = `${angosto} hover:bg-hundido relative inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-xl px-2.5 font-medium transition-colors aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte lg:px-3`

function EnlaceInicio() {
  return (
    <Link to="/" className="flex max-w-full min-h-11 w-fit items-center rounded-xl pr-2">
      <Marca cara={useCara()} />
    </Link>
  )
}

function EnlaceCesta() {
  const { textos: t } = useLengua()
  const unidades = useUnidades()
  return (
    <Link to="/cesta" className={enlace} aria-label={t.nav.cesta(unidades)}>
      <BasketIcon />
      {unidades > 0 && (
        <span
          aria-hidden="true"
          className="bg-acento text-sobre-acento absolute -top-0.5 -right-0.5 flex h-5 min-w-5 items-center justify-center rounded-full px-1 text-xs font-semibold tabular-nums"
        >
          {unidades > 99 ? '99+' : unidades}
        </span>
      )}
    </Link>
  )
}

function EnlacesPersona() {
  const { textos: t } = useLengua()
  const sesion = useSesion()
  // Until the server has said so, whoever was signed in still is.
  if (sesion === 'cerrada' || sesion === 'caducada') {
    return (
      <Link to="/entrar" className={enlace}>
        <PersonIcon />
        <Rotulo>{t.nav.entrar}</Rotulo>
      </Link>
    )
  }
  return (
    <>
      <EnlaceGestion />
      <Link to="/pedidos" className={enlace}>
        <BoxIcon />
        <Rotulo>{t.nav.pedidos}</Rotulo>
      </Link>
      <Link to="/cuenta" className={enlace}>
        <PersonIcon />
        <Rotulo>{t.nav.cuenta}</Rotulo>
      </Link>
    </>
  )
}

/** For staff; shoppers are not told that there is a back office. */
function EnlaceGestion() {
  const { textos: t } = useLengua()
  if (!useEsPersonal()) return null
  return (
    <Link to="/gestion" className={enlace}>
      <GearIcon />
      <Rotulo>{t.nav.gestion}</Rotulo>
    </Link>
  )
}

/** On narrow screens only for those who listen. */
const Rotulo = ({ children }: { readonly children: ReactNode }) => (
  <span className="max-md:sr-only">{children}</span>
)

function Ajustes() {
  const { textos: t, idioma } = useLengua()
  const tema = useTema()
  const otro = tema === 'oscuro' ? 'claro' : 'oscuro'
  return (
    <>
      <IconButton
        label={otro === 'oscuro' ? t.nav.temaOscuro : t.nav.temaClaro}
        className={angosto}
        onClick={() => elegirTema(otro)}
      >
        {otro === 'oscuro' ? <MoonIcon /> : <SunIcon />}
      </IconButton>
      <IconButton
        label={t.nav.idioma}
        lang={idioma === 'es' ? 'en' : 'es'}
        className={`${angosto} font-semibold`}
        onClick={() => void elegirIdioma(idioma === 'es' ? 'en' : 'es')}
      >
        {t.nav.idiomaCorto}
      </IconButton>
    </>
  )
}

/**
 * `ancha`: as wide as the pages below it, which show tables. With very large letters it breaks into rows,
 * and then leaves the window to the page.
 */
export function Cabecera({ ancha }: { readonly ancha: boolean }) {
  const { textos: t } = useLengua()
  return (
    <header className="border-linea bg-fondo/90 sticky top-0 z-30 border-b backdrop-blur max-[16rem]:static">
      <div
        className={classNames(
          'mx-auto flex flex-wrap items-center gap-1 px-3 py-2 sm:px-6',
          !ancha && 'max-w-7xl',
        )}
      >
        {/* As wide as what is left, and no reason by itself for a second row. */}
        <div className="@container min-w-9 flex-1 basis-0">
          <EnlaceInicio />
        </div>
        <nav
          aria-label={t.nav.principal}
          className="flex flex-wrap items-center justify-end gap-0.5"
        >
          <Ajustes />
          <EnlacesPersona />
          <EnlaceCesta />
        </nav>
        <Contacto className="hidden basis-full flex-wrap gap-x-6 print:flex" />
      </div>
    </header>
  )
}
