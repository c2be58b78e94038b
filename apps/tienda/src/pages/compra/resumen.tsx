import type { Cotizacion } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { totalVisto } from './comprar.ts'
import { Totales } from './totales.tsx'

interface ResumenProps {
  readonly cesta: Cesta
  readonly cotizacion: Cotizacion | undefined
  readonly total: number
  /** What there is too little of, where nothing else says so. */
  readonly faltas: readonly string[]
  /** On a telephone, the lines can wait for the last step. */
  readonly corto: boolean
}

/** What will be ordered, at the prices that the shopper saw. */
export function Resumen({ cesta, cotizacion, total, faltas, corto }: ResumenProps) {
  const t = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const precios = new Map(cotizacion?.lineas.map((una) => [una.productoId, una.precioUnitario]))
  return (
    <section aria-labelledby="resumen" className="carta p-5 sm:p-6">
      <h2 id="resumen" className={corto ? 'sr-only lg:not-sr-only' : ''}>
        <span className="text-xl font-semibold">{t.compra.resumen}</span>
      </h2>
      <ul className={`mt-3 flex flex-col gap-2 ${corto ? 'max-lg:hidden' : ''}`}>
        {cesta.map(({ productoId, nombre, cantidad, precioVisto }) => {
          const ahora = precios.get(productoId) ?? precioVisto
          return (
            <li key={productoId} className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0">
                <span>{nombre}</span>{' '}
                <span className="text-suave whitespace-nowrap">{`× ${cantidad}`}</span>
              </span>
              <span className="cifra">{dinero(precioVisto * cantidad, moneda)}</span>
              {ahora !== precioVisto && (
                <span className="text-ojo basis-full text-sm font-medium">
                  {t.cesta.precioCambio(dinero(precioVisto, moneda), dinero(ahora, moneda))}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <Totales
        cuenta={cotizacion && { ...cotizacion, subtotal: totalVisto(cesta) }}
        total={total}
        moneda={moneda}
        className={corto ? 'max-lg:mt-0 max-lg:border-t-0 max-lg:pt-0' : ''}
      />
      {faltas.length > 0 && (
        <div className="mt-4">
          <Notice tone="warning" title={t.compra.faltan}>
            {faltas.map((falta) => (
              <p key={falta}>{falta}</p>
            ))}
            <Link
              to="/cesta"
              className="mt-2 inline-block font-medium underline underline-offset-4"
            >
              {t.compra.volverACesta}
            </Link>
          </Notice>
        </div>
      )}
    </section>
  )
}
