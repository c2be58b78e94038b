import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { PedidosDe } from '../existencias/pedidos-de.tsx'
import type { CambioDeProducto, Campos, Muestra } from './datos.ts'
import { useTextosCsv } from './textos.ts'
import { tramosDe } from './tramos.ts'

interface Cambiado {
  /** The column of the file. */
  readonly columna: string
  /** Undefined where nothing was there. */
  readonly antes: string | undefined
  readonly despues: string
}

/** What stands in a column, as people read it. */
function useValor() {
  const t = useTextosCsv()
  const { dinero, numero } = useFormato()
  const moneda = useMoneda()
  return (columna: string, valor: Campos[keyof Campos]): string => {
    if (typeof valor === 'number') {
      return columna === 'precio' ? dinero(valor, moneda) : `${numero(valor)} g`
    }
    if (typeof valor === 'boolean') return valor ? t.si : t.no
    if (columna === 'atributos' && valor !== null && typeof valor === 'object') {
      const pares = Object.entries(valor).map(([uno, otro]) => `${uno}: ${otro}`)
      return pares.join(' · ') || t.sinNada
    }
    return typeof valor === 'string' && valor !== '' ? valor : t.sinNada
  }
}

function useCambiados({ cambio }: Muestra): readonly Cambiado[] {
  const valor = useValor()
  const { numero } = useFormato()
  const deProducto = ({ antes, despues }: CambioDeProducto) => {
    const viejos = new Map(Object.entries(antes ?? {}))
    return Object.entries(despues).map(([columna, nuevo]) => ({
      columna,
      antes: antes === null ? undefined : valor(columna, viejos.get(columna)),
      despues: valor(columna, nuevo),
    }))
  }
  if (cambio.de === 'productos') return deProducto(cambio)
  const pares = [
    { columna: 'fisico', antes: cambio.antes, despues: cambio.despues },
    ...(cambio.umbral ? [{ columna: 'umbralMinimo', ...cambio.umbral }] : []),
  ]
  return pares
    .filter(({ antes, despues }) => antes !== despues)
    .map(({ columna, antes, despues }) => ({
      columna,
      antes: antes === null ? undefined : numero(antes),
      despues: numero(despues),
    }))
}

/** What a row changes: in each column what is there, and what will be. */
export function CambioVisto({ muestra }: { readonly muestra: Muestra }) {
  const t = useTextosCsv()
  const { numero } = useFormato()
  const cambiados = useCambiados(muestra)
  const { cambio, productoId } = muestra
  const faltan = cambio.de === 'existencias' ? (cambio.faltan ?? 0) : 0
  if (cambiados.length === 0 && faltan === 0) return '—'
  return (
    <ul className="min-w-0">
      {cambiados.map(({ columna, antes, despues }) => (
        <li key={columna}>
          <code className="text-suave">{columna}</code>{' '}
          <span>
            {antes === undefined
              ? tramosDe('', despues)[1]
              : t.antesDespues(...tramosDe(antes, despues))}
          </span>
        </li>
      ))}
      {faltan > 0 && productoId !== undefined && (
        <li className="mt-1">
          <details>
            <summary className="text-mal min-h-11 cursor-pointer content-center font-medium">
              {t.faltan(numero(faltan))}
            </summary>
            <PedidosDe productoId={productoId} />
          </details>
        </li>
      )}
    </ul>
  )
}
