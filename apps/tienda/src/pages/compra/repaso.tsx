import type { Cotizacion, MetodoEnvio } from '@encargo/client'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTextos } from '../../textos/idioma.ts'
import { Panel, panelLink } from '../../ui/panel.tsx'
import { identificacionEscrita } from '../pedidos/identificacion.ts'
import { DireccionEscrita } from '../pedidos/direccion.tsx'
import type { Borrador } from './borrador.ts'
import { aPaso } from './paso.ts'
import { type Comprador, direccionDe, entregaDe, facturacionDe, invitadoDe } from './trato.ts'

interface RepasoProps {
  readonly datos: Borrador
  readonly comprador: Comprador
  readonly metodos: readonly MetodoEnvio[]
  readonly cotizacion: Cotizacion | undefined
}

/** All that was said, before it is ordered, each with the way back to it. */
export function Repaso({ datos, comprador, metodos, cotizacion }: RepasoProps) {
  const t = useTextos()
  const quien = comprador.tipo === 'invitado' ? invitadoDe(datos) : comprador
  const elegido = metodos.find(({ codigo }) => codigo === cotizacion?.metodoEnvio?.codigo)
  const factura = facturacionDe(datos, comprador)
  const notas = datos.notas?.trim() ?? ''
  return (
    <>
      <Parte titulo={t.compra.contacto} paso={comprador.tipo === 'invitado' ? 1 : undefined}>
        <Lineas lineas={[quien.nombre, quien.email, quien.telefono]} />
      </Parte>
      <Parte titulo={t.compra.entrega} paso={1}>
        {elegido && <p className="font-medium">{elegido.nombre}</p>}
        {entregaDe(datos, metodos) === 'domicilio' ? (
          <DireccionEscrita direccion={direccionDe(datos, comprador)} />
        ) : (
          <Lineas lineas={[elegido?.instrucciones]} />
        )}
      </Parte>
      <Parte titulo={t.compra.factura} paso={2}>
        {factura ? (
          <Lineas
            lineas={[
              factura.razonSocial,
              identificacionEscrita(t, factura.identificacion),
              factura.direccion,
              factura.email,
            ]}
          />
        ) : (
          <p>{t.compra.consumidorFinal}</p>
        )}
      </Parte>
      {notas !== '' && (
        <Parte titulo={t.pedidos.notas} paso={2}>
          <p className="whitespace-pre-line">{notas}</p>
        </Parte>
      )}
    </>
  )
}

interface ParteProps {
  readonly titulo: string
  /** Where it is changed. */
  readonly paso: number | undefined
  readonly children: ReactNode
}

function Parte({ titulo, paso, children }: ParteProps) {
  const t = useTextos()
  const cambiar = paso !== undefined && (
    <Link
      to="/comprar"
      search={aPaso(paso)}
      className={panelLink}
      aria-label={t.compra.cambiarEso(titulo)}
    >
      {t.compra.cambiar}
    </Link>
  )
  return (
    <Panel title={titulo} aside={cambiar}>
      {children}
    </Panel>
  )
}

const Lineas = ({ lineas }: { readonly lineas: readonly (string | null | undefined)[] }) =>
  lineas.filter(Boolean).map((linea) => <p key={linea}>{linea}</p>)
