import { getRouteApi } from '@tanstack/react-router'
import { ConSesion } from '../sesion/con-sesion.tsx'
import { BackLink } from '../ui/back-link.tsx'
import { Page } from '../ui/page.tsx'
import { leerPapel } from './datos.ts'
import { Pliego } from './pliego.tsx'
import { useTextosDocumentos } from './textos.ts'

const ruta = getRouteApi('/pedidos/$id/recibo')

/** A shopper's own receipt. */
export function ReciboPage() {
  const t = useTextosDocumentos()
  const { id } = ruta.useParams()
  const { papel } = ruta.useSearch()
  const navegar = ruta.useNavigate()
  return (
    <ConSesion>
      {() => (
        <Page title={t.titulos.recibo}>
          <div className="mb-4 print:hidden">
            <BackLink to="/pedidos" label={t.volver} />
          </div>
          <Pliego
            ids={[id]}
            documento="recibo"
            papel={leerPapel(papel)}
            onPapel={(nuevo) => void navegar({ search: { papel: nuevo }, replace: true })}
          />
        </Page>
      )}
    </ConSesion>
  )
}
