import type { Pedido } from '@encargo/client'
import { useLengua } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosTrato } from '../textos/trato.ts'
import { copiar } from '../ui/copiar.ts'

type Direccion = NonNullable<Pedido['direccionEnvio']>

/** An address as it is written on a parcel, line by line. */
export function renglones(direccion: Direccion, region: string): string[] {
  const { nombre, calle, referencia, codigoPostal, ciudad, provincia, pais, telefono } = direccion
  const lugar = [codigoPostal, ciudad, provincia].filter(Boolean).join(', ')
  const paises = new Intl.DisplayNames(region, { type: 'region' })
  const todos = [nombre, calle, referencia, lugar, paises.of(pais) ?? pais, telefono]
  return todos.filter((uno) => uno !== undefined).filter((uno) => uno !== '')
}

/** How and where it goes. */
export function Entrega({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosTrato()
  const { region } = useLengua()
  const { metodoEnvio, direccionEnvio, notas } = pedido
  const lineas = direccionEnvio ? renglones(direccionEnvio, region) : []
  return (
    <Panel
      title={t.entrega}
      aside={
        lineas.length > 0 && (
          <Button
            look="quiet"
            size="small"
            onClick={() => {
              const hecho = copiar(lineas.join('\n'))
              toast(hecho ? t.copiada : t.sinCopiar, hecho ? {} : { tone: 'bad' })
            }}
          >
            {t.copiar}
          </Button>
        )
      }
    >
      {metodoEnvio && (
        <p className="mb-2">
          <span className="font-medium">{metodoEnvio.nombre}</span>
          <span className="text-suave">{` · ${t.tiposEntrega[metodoEnvio.tipo]}`}</span>
          {metodoEnvio.plazoDias !== null && (
            <span className="text-suave">{` · ${t.enDias(metodoEnvio.plazoDias)}`}</span>
          )}
        </p>
      )}
      {lineas.length > 0 ? (
        <address className="not-italic">
          {lineas.map((linea) => (
            <p key={linea}>{linea}</p>
          ))}
        </address>
      ) : (
        !metodoEnvio && <p>{t.sinDireccion}</p>
      )}
      {notas !== null && (
        <>
          <h3 className="mt-4 font-medium">{t.notas}</h3>
          <p className="text-suave whitespace-pre-line">{notas}</p>
        </>
      )}
    </Panel>
  )
}
