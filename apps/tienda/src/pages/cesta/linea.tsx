import { Link } from '@tanstack/react-router'
import { cambiarCantidad } from '../../cesta/cesta.ts'
import type { LineaRevisada } from '../../cesta/revision.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TrashIcon, WarningIcon } from '../../ui/icons.tsx'
import { ProductPicture } from '../../ui/product-picture.tsx'
import { Quantity } from '../../ui/quantity.tsx'

export function Linea({ revisada }: { readonly revisada: LineaRevisada }) {
  const t = useTextos()
  const { dinero } = useFormato()
  const { linea, producto, precio } = revisada
  const moneda = useMoneda()
  const { productoId: id, nombre, cantidad } = linea
  const cambiar = (nueva: number) => cambiarCantidad(id, nueva)
  const { categoria, imagenUrl } = producto ?? { categoria: null, imagenUrl: null }
  return (
    <li className="grid grid-cols-[4.5rem_1fr_auto] gap-x-4 gap-y-3 p-4 sm:grid-cols-[6rem_1fr_auto]">
      <ProductPicture
        producto={{ id, categoria, imagenUrl }}
        className="border-linea aspect-square self-start overflow-hidden rounded-xl border sm:row-span-2"
      />
      <div className="min-w-0">
        <Link
          to="/productos/$id"
          params={{ id }}
          className="font-medium underline-offset-4 hover:underline"
        >
          {nombre}
        </Link>
        <p className="text-suave text-sm">{t.cesta.unidad(dinero(precio, moneda))}</p>
        <Avisos revisada={revisada} />
      </div>
      <IconButton label={t.cesta.quitar(nombre)} onClick={() => cambiar(0)}>
        <TrashIcon />
      </IconButton>
      <div className="col-span-3 flex flex-wrap items-center justify-between gap-3 sm:col-span-2 sm:col-start-2">
        <Quantity label={t.cesta.cantidadDe(nombre)} value={cantidad} onChange={cambiar} />
        <p className="ml-auto text-lg font-semibold cifra">{dinero(precio * cantidad, moneda)}</p>
      </div>
    </li>
  )
}

/** What is not as it was when it was put in, with what can be done about it. */
function Avisos({ revisada }: { readonly revisada: LineaRevisada }) {
  const t = useTextos()
  const { dinero } = useFormato()
  const { linea, precio, problema, precioCambio, disponible = 0 } = revisada
  const moneda = useMoneda()
  const dejar = problema === 'retirado' ? 0 : disponible
  return (
    <div aria-live="polite" className="flex flex-col items-start gap-1.5 text-sm">
      {precioCambio && problema !== 'retirado' && (
        <p className="text-ojo font-medium">
          {t.cesta.precioCambio(dinero(linea.precioVisto, moneda), dinero(precio, moneda))}
        </p>
      )}
      {problema !== undefined && (
        <p className="text-mal flex items-center gap-1.5 font-medium">
          <WarningIcon />
          <span>
            {problema === 'retirado' ? t.cesta.yaNoSeVende : t.cesta.soloQuedan(disponible)}
          </span>
        </p>
      )}
      {problema !== undefined && (
        <Button
          look="secondary"
          size="small"
          onClick={() => cambiarCantidad(linea.productoId, dejar)}
        >
          {dejar === 0 ? t.cesta.quitarla : t.cesta.ajustar(dejar)}
        </Button>
      )}
    </div>
  )
}
