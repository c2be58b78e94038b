import { signoDecimalDe } from '@encargo/service-kit/values/importes'
import { useZona } from '../../cara/zona.ts'
import { useLengua } from '../../textos/idioma.ts'
import { BotonExportar } from '../csv/exportar.tsx'
import type { Tramo } from '../datos/periodo.ts'
import { useTextosPanel } from '../textos/panel.ts'

/** The sales of the days that are shown, as files that say the same to the cent. */
export function ExportarVentas({ periodo: { desde, hasta } }: { readonly periodo: Tramo }) {
  const t = useTextosPanel()
  const zona = useZona()
  const { region } = useLengua()
  const separador = signoDecimalDe(region) === ',' ? 'punto-y-coma' : 'coma'
  const descarga = (por: 'hecho' | 'linea') => ({
    servicio: 'pedidos' as const,
    ruta: `/pedidos/exportacion?${new URLSearchParams({ desde, hasta, zona, por, separador })}` as const,
    nombre: 'ventas.csv',
  })
  return (
    <>
      <BotonExportar texto={t.exportarVentas} descarga={descarga('hecho')} />
      <BotonExportar texto={t.exportarLineas} descarga={descarga('linea')} />
    </>
  )
}
