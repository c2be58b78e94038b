import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Edicion } from '../ui/edicion.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Atascados } from './atascados.tsx'
import { edicion, opcionesAjustes } from './datos.ts'
import { HojaAvisos } from './hoja.tsx'
import { useTextosAvisos } from './textos.ts'

/** What the shop writes by itself, to whom, and what of it did not get there. */
export function AvisosPage() {
  const t = useTextosAvisos()
  const esAdmin = useEsAdmin()
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      <div className="flex flex-col gap-5">
        <Atascados />
        {esAdmin ? <Leidos /> : <Notice tone="neutral">{t.soloAdmin}</Notice>}
      </div>
    </>
  )
}

function Leidos() {
  const t = useTextosAvisos()
  const consulta = useQuery(opcionesAjustes())
  const data = consulta.isFetchedAfterMount ? consulta.data : undefined
  return (
    <Loaded query={{ ...consulta, data }} waiting={<LoadingRows />}>
      {(leida) => (
        <Edicion leida={leida} {...edicion} campos={t.campos} guardado={() => t.guardado}>
          {(hoja) => <HojaAvisos {...hoja} />}
        </Edicion>
      )}
    </Loaded>
  )
}
