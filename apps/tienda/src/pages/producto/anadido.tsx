import { Link } from '@tanstack/react-router'
import type { Textos } from '../../textos/tipo.ts'
import { toast } from '../../ui/toast.tsx'

/** Says that something is in the basket now, with the way there. */
export function avisarAnadido(t: Textos, nombre: string): void {
  const action = (
    <Link to="/cesta" className="rounded-lg px-2 py-1.5 font-semibold underline underline-offset-4">
      {t.producto.verCesta}
    </Link>
  )
  toast(t.producto.anadido(nombre), { action })
}
