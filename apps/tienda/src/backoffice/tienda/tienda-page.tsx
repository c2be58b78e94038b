import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { opcionesLeida } from './datos.ts'
import { Editor } from './editor.tsx'
import { useTextosTienda } from './textos.ts'

/** How the shop presents itself: for administrators. */
export function TiendaPage() {
  const t = useTextosTienda()
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      {useEsAdmin() ? <Leida /> : <Notice tone="neutral">{t.soloAdmin}</Notice>}
    </>
  )
}

function Leida() {
  const consulta = useQuery(opcionesLeida())
  const data = consulta.isFetchedAfterMount ? consulta.data : undefined
  return (
    <Loaded query={{ ...consulta, data }} waiting={<LoadingRows />}>
      {(leida) => <Editor leida={leida} />}
    </Loaded>
  )
}
