import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'

/** For who just ordered: it worked, and what happens next. */
export function Gracias({ texto }: { readonly texto: string }) {
  const t = useTextos()
  return (
    <div className="print:hidden">
      <Notice tone="good" title={t.pedidos.gracias} urgent>
        {texto}
      </Notice>
    </div>
  )
}
