import { useTextosGestion } from '../textos/lenguas.ts'
import { textosPanel } from '../textos/panel.ts'
import { PageHead } from '../ui/page-head.tsx'

/** How the shop is doing. */
export function PanelPage() {
  const t = useTextosGestion(textosPanel)
  return <PageHead title={t.titulo} />
}
