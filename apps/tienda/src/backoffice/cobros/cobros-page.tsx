import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { useTextosMarco } from '../textos/marco.ts'
import { Cuenta } from '../ui/cuenta.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Ajenos } from './ajenos.tsx'
import { Avisos } from './avisos.tsx'
import { CobrosEn } from './cobros-en.tsx'
import { opcionesMetodosPago } from './datos.ts'
import { Devoluciones } from './devoluciones.tsx'
import { useEsperanEnListas } from './por-mirar.ts'
import { Saldos } from './saldos.tsx'
import { useTextosCobros } from './textos-listas.ts'

const ruta = getRouteApi('/gestion/cobros')

const listas = {
  saldos: Saldos,
  cobros: CobrosEn,
  devoluciones: Devoluciones,
  avisos: Avisos,
  ajenos: Ajenos,
} as const
type Lista = keyof typeof listas
const nombres = Object.keys(listas) as Lista[]

const enlace =
  'hover:bg-hundido inline-flex min-h-11 items-center gap-2 rounded-xl px-3.5 font-medium aria-[current=page]:bg-acento-tenue aria-[current=page]:text-acento-fuerte'

/** What of the shop's money waits for somebody. */
export function CobrosPage() {
  const t = useTextosCobros()
  const { ver } = ruta.useSearch()
  const servicio = useQuery(opcionesMetodosPago()).data
  const sinServicio = servicio?.proveedores.length === 0
  const actual = nombres.find((una) => una === ver) ?? 'saldos'
  const Contenido = listas[actual]
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      {sinServicio ? <Notice tone="neutral">{t.sinServicio}</Notice> : <Listas actual={actual} />}
      <p className="text-suave mb-4 max-w-prose">{t.explican[actual]}</p>
      <Contenido />
    </>
  )
}

/** The lists, each with how much of it waits. */
function Listas({ actual }: { readonly actual: Lista }) {
  const t = useTextosCobros()
  const { esperan } = useTextosMarco()
  const cuantos = useEsperanEnListas()
  return (
    <nav aria-label={t.listas} className="mb-4">
      <ul className="flex flex-wrap gap-1">
        {nombres.map((una) => (
          <li key={una}>
            <Link
              to="/gestion/cobros"
              search={una === 'saldos' ? {} : { ver: una }}
              aria-current={una === actual ? 'page' : undefined}
              className={enlace}
            >
              <span>{t.ver[una]}</span>
              {cuantos[una] > 0 && (
                <Cuenta cuantos={String(cuantos[una])} texto={esperan(String(cuantos[una]))} />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
