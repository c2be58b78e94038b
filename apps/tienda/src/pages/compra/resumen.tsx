import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { totalVisto } from './comprar.ts'

/** What will be ordered, at the prices that the shopper saw. */
export function Resumen({ cesta }: { readonly cesta: Cesta }) {
  const t = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  return (
    <section aria-labelledby="resumen" className="carta p-6">
      <h2 id="resumen" className="mb-3 text-xl font-semibold">
        {t.compra.resumen}
      </h2>
      <ul className="flex flex-col gap-2">
        {cesta.map(({ productoId, nombre, cantidad, precioVisto }) => (
          <li key={productoId} className="flex items-baseline justify-between gap-4">
            <span className="min-w-0">
              <span>{nombre}</span>{' '}
              <span className="text-suave whitespace-nowrap">{`× ${cantidad}`}</span>
            </span>
            <span className="cifra">{dinero(precioVisto * cantidad, moneda)}</span>
          </li>
        ))}
      </ul>
      <p className="border-linea mt-4 flex items-baseline justify-between border-t pt-4 text-lg font-semibold">
        <span>{t.cesta.total}</span>
        <span className="text-2xl cifra">{dinero(totalVisto(cesta), moneda)}</span>
      </p>
    </section>
  )
}
