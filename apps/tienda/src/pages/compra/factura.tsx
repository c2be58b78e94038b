import { Campo, Casilla } from '../../formularios/campos.tsx'
import { CamposIdentificacion } from '../../formularios/campos-identificacion.tsx'
import { useTextos } from '../../textos/idioma.ts'
import type { Borrador } from './borrador.ts'
import { Seccion } from './seccion.tsx'
import { identificacionDe } from './trato.ts'

interface FacturaProps {
  readonly inicial: Borrador
  readonly conDatos: boolean
}

/** Whom the invoice is made out to; final consumer unless somebody says more. */
export function Factura({ inicial, conDatos }: FacturaProps) {
  const t = useTextos()
  return (
    <Seccion titulo={t.compra.factura}>
      <Casilla
        name="conFactura"
        texto={t.compra.conFactura}
        detalle={t.compra.consumidorFinal}
        inicial={inicial.conFactura === 'si'}
      />
      {conDatos && (
        <div className="mt-4 grid gap-4">
          <CamposIdentificacion inicial={identificacionDe(inicial)} />
          <Campo
            label={t.facturacion.razonSocial}
            name="razonSocial"
            required
            maxLength={200}
            autoComplete="organization"
            defaultValue={inicial.razonSocial}
          />
          <Campo
            label={t.facturacion.direccion}
            name="facturaDireccion"
            autoComplete="billing street-address"
            maxLength={300}
            defaultValue={inicial.facturaDireccion}
          />
        </div>
      )}
    </Seccion>
  )
}
