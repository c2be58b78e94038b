import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { toast } from '../../ui/toast.tsx'
import { useEncuentro } from '../datos/encuentro.ts'
import type { ConVersion } from '../datos/version.ts'
import { useEsAdmin } from '../personal.ts'
import { useSinGuardar } from '../productos/sin-guardar.tsx'
import { Cruce } from '../ui/cruce.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Atascados } from './atascados.tsx'
import { type AjustesAvisos, edicion, opcionesAjustes } from './datos.ts'
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
  const consulta = useQuery(opcionesAjustes())
  const data = consulta.isFetchedAfterMount ? consulta.data : undefined
  return (
    <Loaded query={{ ...consulta, data }} waiting={<LoadingRows />}>
      {(leida) => <Editar leida={leida} />}
    </Loaded>
  )
}

function Editar({ leida }: { readonly leida: ConVersion<AjustesAvisos> }) {
  const t = useTextosAvisos()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  const { inicial, guardar } = useEncuentro({ leida, ...edicion })
  const { forma, vez, ajenos } = inicial
  const dichos = ajenos.map((campo) => t.campos[campo] ?? campo).join(', ')
  return (
    <div>
      {pregunta}
      <Cruce texto={vez > 0 ? t.cruce(dichos) : undefined} />
      <HojaAvisos
        key={vez}
        inicial={forma}
        conFoco={vez > 0}
        alEscribir={alEscribir}
        guardar={async (mia) => {
          const como = await guardar(mia)
          if (como === 'cruzado') return
          alGuardar()
          toast(como === 'guardado' ? t.guardado : t.nadaCambio)
        }}
      />
    </div>
  )
}
