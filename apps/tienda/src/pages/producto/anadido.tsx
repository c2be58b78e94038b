import { Link } from '@tanstack/react-router'
import { anadirALaCesta, type LineaCesta, lineasMaximas } from '../../cesta/cesta.ts'
import type { Textos } from '../../textos/tipo.ts'
import { toast } from '../../ui/toast.tsx'

/** Puts it into the basket and says so, with the way there, or that the basket is full. */
export function anadir(t: Textos, linea: LineaCesta): void {
  const anadida = anadirALaCesta(linea)
  const action = (
    <Link to="/cesta" className="rounded-lg px-2 py-1.5 font-semibold underline underline-offset-4">
      {t.producto.verCesta}
    </Link>
  )
  if (anadida) toast(t.producto.anadido(linea.nombre), { action })
  else toast(t.producto.cestaLlena(lineasMaximas), { action, tone: 'bad' })
}
