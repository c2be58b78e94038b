import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { tabClass } from '../../ui/page.tsx'
import { opcionesMoneda } from '../productos/datos.ts'
import { PageHead } from '../ui/page-head.tsx'
import { type Materia, materias } from './datos.ts'
import { Exportar } from './exportar.tsx'
import { Importar } from './importar.tsx'
import { useTextosCsv } from './textos.ts'

const ruta = getRouteApi('/gestion/importar')

/** Products and stock, in and out as files. */
export function ImportarPage() {
  const t = useTextosCsv()
  const { de } = ruta.useSearch()
  // Amounts in a preview are in the shop's currency, also where no product was seen yet.
  useQuery(opcionesMoneda())
  const materia = materias.find((una) => una === de) ?? 'productos'
  return (
    <>
      <PageHead title={t.titulo} />
      <Pestanas elegida={materia} />
      <div key={materia} className="flex flex-col gap-5">
        <Importar materia={materia} />
        <Exportar materia={materia} />
      </div>
    </>
  )
}

const direccion = (materia: Materia) => (materia === 'productos' ? {} : { de: materia })

function Pestanas({ elegida }: { readonly elegida: Materia }) {
  const t = useTextosCsv()
  return (
    <nav aria-label={t.que} className="mb-5 flex flex-wrap gap-1">
      {materias.map((materia) => (
        <Link
          key={materia}
          to="/gestion/importar"
          // The chosen one is wherever the address says so, in whatever words.
          search={materia === elegida ? true : direccion(materia)}
          activeOptions={{ exact: true }}
          className={tabClass}
        >
          {t[materia]}
        </Link>
      ))}
    </nav>
  )
}
