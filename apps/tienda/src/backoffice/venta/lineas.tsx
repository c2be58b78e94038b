import { type Cesta, conCantidad } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { IconButton } from '../../ui/button.tsx'
import { TrashIcon } from '../../ui/icons.tsx'
import { Empty } from '../../ui/page.tsx'
import { Quantity } from '../../ui/quantity.tsx'
import { useTextosVenta } from '../textos/venta.ts'
import { Panel } from '../../ui/panel.tsx'

interface LineasProps {
  readonly cuenta: Cesta
  readonly onChange: (cuenta: Cesta) => void
}

/** What lies on the counter. */
export function Lineas({ cuenta, onChange }: LineasProps) {
  const t = useTextosVenta()
  const { cesta } = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  return (
    <Panel title={t.lineas}>
      {cuenta.length === 0 && <Empty title={t.vacia} text={t.vaciaTexto} />}
      <ul className="divide-linea divide-y">
        {cuenta.map(({ productoId, nombre, cantidad, precioVisto }) => (
          <li key={productoId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-40">
              <p className="font-medium">{nombre}</p>
              <p className="text-suave text-sm">{cesta.unidad(dinero(precioVisto, moneda))}</p>
            </div>
            <IconButton
              label={cesta.quitar(nombre)}
              onClick={() => onChange(conCantidad(cuenta, productoId, 0))}
            >
              <TrashIcon />
            </IconButton>
            <Quantity
              label={cesta.cantidadDe(nombre)}
              value={cantidad}
              onChange={(nueva) => onChange(conCantidad(cuenta, productoId, nueva))}
            />
            <p className="ml-auto min-w-20 text-right font-medium cifra">
              {dinero(cantidad * precioVisto, moneda)}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
