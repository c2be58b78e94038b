import type { Facturacion } from '@encargo/client'
import { Campo, CampoOpciones, Casilla } from '../../formularios/campos.tsx'
import { CamposIdentificacion } from '../../formularios/campos-identificacion.tsx'
import { correoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { identificacionEscrita } from '../pedidos/identificacion.ts'
import type { Borrador } from './borrador.ts'
import { Seccion } from './seccion.tsx'
import { claveFactura, type Comprador, facturaElegida, identificacionDe } from './trato.ts'

interface FacturaProps {
  readonly datos: Borrador
  readonly comprador: Comprador
}

/** Whom the invoice is made out to; final consumer unless somebody says more. */
export function Factura({ datos, comprador }: FacturaProps) {
  const t = useTextos()
  const conDatos = datos.conFactura === 'si'
  const elegida = facturaElegida(datos, comprador)
  return (
    <Seccion titulo={t.compra.factura}>
      <Casilla
        name="conFactura"
        texto={t.compra.conFactura}
        detalle={t.compra.consumidorFinal}
        inicial={conDatos}
      />
      {conDatos && (
        <div className="mt-4 grid gap-4">
          {comprador.tipo === 'cuenta' && comprador.facturaciones.length > 1 && (
            <Guardadas facturaciones={comprador.facturaciones} elegida={elegida} />
          )}
          {!elegida && <Escrita inicial={datos} />}
        </div>
      )}
    </Seccion>
  )
}

interface GuardadasProps {
  readonly facturaciones: readonly Facturacion[]
  readonly elegida: Facturacion | undefined
}

function Guardadas({ facturaciones, elegida }: GuardadasProps) {
  const t = useTextos()
  const opciones = facturaciones.map((una) => ({
    valor: claveFactura(una),
    texto: una.razonSocial,
    detalle: identificacionEscrita(t, una.identificacion),
  }))
  return (
    <CampoOpciones
      legend={t.compra.tusFacturas}
      name="factura"
      value={elegida ? claveFactura(elegida) : 'otra'}
      className="sm:grid-cols-2"
      opciones={[...opciones, { valor: 'otra', texto: t.compra.otraFactura }]}
    />
  )
}

function Escrita({ inicial }: { readonly inicial: Borrador }) {
  const t = useTextos()
  return (
    <>
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
      <Campo
        label={t.facturacion.correo}
        name="facturaEmail"
        type="email"
        autoComplete="billing email"
        maxLength={correoMaximo}
        defaultValue={inicial.facturaEmail}
      />
    </>
  )
}
