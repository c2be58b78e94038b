import type { NuevoPedido } from '@encargo/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  CamposIdentificacion,
  leerIdentificacion,
} from '../../formularios/campos-identificacion.tsx'
import { Campo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { correoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import type { Textos } from '../../textos/tipo.ts'
import { Select } from '../../ui/field.tsx'
import { opcionesLibreta } from '../datos/usuarios.ts'
import { useTextosVenta } from '../textos/venta.ts'

type Facturacion = NonNullable<NuevoPedido['facturacion']>

/** In the place of one that the customer keeps: others, which are typed. */
const otros = 'otros'

/**
 * Whom the invoice is made out to, out of the fields below; undefined for a final consumer.
 * @throws ErrorDeCampo where a number is mistyped
 */
export function leerFactura(
  datos: FormData,
  guardadas: readonly Facturacion[],
  t: Textos,
): Facturacion | undefined {
  const elegida = campoDe(datos, 'factura')
  if (elegida !== otros) return guardadas[Number.parseInt(elegida, 10)]
  const [direccion, email] = [campoDe(datos, 'direccion'), campoDe(datos, 'email')]
  return {
    identificacion: leerIdentificacion(datos, t),
    razonSocial: campoDe(datos, 'razonSocial'),
    ...(direccion === '' ? {} : { direccion }),
    ...(email === '' ? {} : { email }),
  }
}

/** What a customer keeps for invoices; nothing for who is not known. */
export const useGuardadas = (clienteId: string | undefined): readonly Facturacion[] =>
  useQuery({ ...opcionesLibreta(clienteId ?? ''), enabled: clienteId !== undefined }).data
    ?.facturaciones ?? []

/** To a final consumer, to whom the customer keeps, or to somebody else. */
export function Factura({ guardadas }: { readonly guardadas: readonly Facturacion[] }) {
  const t = useTextosVenta()
  const { facturacion } = useTextos()
  const [elegida, setElegida] = useState('')
  return (
    <div className="flex flex-col gap-4">
      <Select
        label={t.factura}
        name="factura"
        value={elegida}
        onChange={({ target }) => setElegida(target.value)}
        options={[
          ['', t.consumidorFinal],
          ...guardadas.map(({ razonSocial, identificacion }, indice) => {
            return [String(indice), `${razonSocial} · ${identificacion.numero}`] as const
          }),
          [otros, t.otrosDatos],
        ]}
      />
      {elegida === otros && (
        <>
          <CamposIdentificacion />
          <Campo
            label={facturacion.razonSocial}
            name="razonSocial"
            required
            maxLength={200}
            autoComplete="off"
          />
          <Campo
            label={facturacion.direccion}
            name="direccion"
            maxLength={300}
            autoComplete="off"
          />
          <Campo
            label={facturacion.correo}
            name="email"
            type="email"
            maxLength={correoMaximo}
            autoComplete="off"
          />
        </>
      )}
    </div>
  )
}
