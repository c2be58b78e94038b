import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useZona } from '../../cara/zona.ts'
import { EnVivo } from '../../pages/pedidos/estado.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { leerPeriodo, type Periodo } from '../datos/periodo.ts'
import { opcionesResumen } from '../datos/resumen.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { PageHead } from '../ui/page-head.tsx'
import { BajoMinimo } from './bajo-minimo.tsx'
import { Cifras } from './cifras.tsx'
import { Dinero } from './dinero.tsx'
import { usePanelEnVivo } from './en-vivo.ts'
import { MasVendidos } from './mas-vendidos.tsx'
import { ExportarVentas } from './exportar-ventas.tsx'
import { Pendientes } from './pendientes.tsx'
import { Plazos } from './plazos.tsx'
import { PorDia } from './por-dia.tsx'
import { SaludSistema } from './salud.tsx'

const ruta = getRouteApi('/gestion/')

/** How the shop and its machinery are doing. */
export function PanelPage() {
  const t = useTextosPanel()
  const periodo = leerPeriodo(ruta.useSearch(), useZona(), Date.now())
  const vivo = usePanelEnVivo()
  return (
    <>
      <PageHead
        title={t.titulo}
        lead={<EnVivo estado={vivo} />}
        actions={<ExportarVentas periodo={periodo} />}
      />
      <Plazos periodo={periodo} />
      <div className="mt-4 flex flex-col gap-5">
        <Numeros periodo={periodo} />
        <SaludSistema />
      </div>
    </>
  )
}

/** The sums may fail or be late; what waits and what runs short is told all the same. */
function Numeros({ periodo }: { readonly periodo: Periodo }) {
  const consulta = useQuery(opcionesResumen(periodo, useZona()))
  const { data } = consulta
  return (
    <>
      <Loaded query={consulta} waiting={<Skeleton className="h-96 rounded-2xl" />}>
        {(resumen) => (
          <>
            <Cifras resumen={resumen} />
            <PorDia resumen={resumen} />
            <Dinero resumen={resumen} />
          </>
        )}
      </Loaded>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {data && <MasVendidos resumen={data} />}
        <div className={data ? 'flex min-w-0 flex-col gap-5' : 'contents'}>
          <Pendientes />
          <BajoMinimo />
        </div>
      </div>
    </>
  )
}
