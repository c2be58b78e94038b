import { getRouteApi } from '@tanstack/react-router'
import { leerDocumento, leerIds, leerPapel } from '../../documentos/datos.ts'
import { Pliego } from '../../documentos/pliego.tsx'
import { useTextosDocumentos } from '../../documentos/textos.ts'
import { PageHead } from '../ui/page-head.tsx'

const deUno = getRouteApi('/gestion/pedidos/$id/imprimir/$documento')
const deVarios = getRouteApi('/gestion/pedidos/imprimir')

/** A document of one order. */
export function ImprimirPage() {
  const t = useTextosDocumentos()
  const { id, documento: pedido } = deUno.useParams()
  const { papel, recibido } = deUno.useSearch()
  const navegar = deUno.useNavigate()
  const documento = leerDocumento(pedido)
  return (
    <>
      <div className="print:hidden">
        <PageHead
          title={t.titulos[documento]}
          back={{ to: '/gestion/pedidos', label: t.alTablero }}
        />
      </div>
      <Pliego
        ids={leerIds(id)}
        documento={documento}
        papel={leerPapel(papel)}
        recibido={recibido}
        deCaja
        onPapel={(nuevo) =>
          void navegar({ search: (antes) => ({ ...antes, papel: nuevo }), replace: true })
        }
      />
    </>
  )
}

/** The lists by which several orders are put together. */
export function ImprimirVariosPage() {
  const t = useTextosDocumentos()
  const { ids, papel } = deVarios.useSearch()
  const navegar = deVarios.useNavigate()
  return (
    <>
      <div className="print:hidden">
        <PageHead title={t.titulos.picking} back={{ to: '/gestion/pedidos', label: t.alTablero }} />
      </div>
      <Pliego
        ids={leerIds(ids)}
        documento="picking"
        papel={leerPapel(papel)}
        onPapel={(nuevo) =>
          void navegar({ search: (antes) => ({ ...antes, papel: nuevo }), replace: true })
        }
      />
    </>
  )
}
