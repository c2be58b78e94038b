import { Link } from '@tanstack/react-router'
import { documentos } from '../../documentos/datos.ts'
import { useTextosDocumentos } from '../../documentos/textos.ts'
import { Panel, panelLink } from '../../ui/panel.tsx'

/** What can be printed of an order. */
export function Documentos({ id }: { readonly id: string }) {
  const t = useTextosDocumentos()
  return (
    <Panel title={t.documentos} className="print:hidden">
      <ul>
        {documentos.map((documento) => (
          <li key={documento}>
            <Link
              to="/gestion/pedidos/$id/imprimir/$documento"
              params={{ id, documento }}
              className={panelLink}
            >
              {t.titulos[documento]}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
