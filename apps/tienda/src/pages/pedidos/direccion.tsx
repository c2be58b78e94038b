import type { NuevoPedido } from '@encargo/client'
import { useLengua } from '../../textos/idioma.ts'

/** An address as it stands on a parcel. */
export function DireccionEscrita({
  direccion: d,
}: {
  readonly direccion: NonNullable<NuevoPedido['direccionEnvio']>
}) {
  const { region } = useLengua()
  const pais = d.pais && (new Intl.DisplayNames(region, { type: 'region' }).of(d.pais) ?? d.pais)
  const ciudad = [d.codigoPostal, d.ciudad, d.provincia].filter(Boolean).join(', ')
  return (
    <address className="not-italic">
      {[d.nombre, d.calle, d.referencia, ciudad, pais, d.telefono].filter(Boolean).map((linea) => (
        <p key={linea}>{linea}</p>
      ))}
    </address>
  )
}
