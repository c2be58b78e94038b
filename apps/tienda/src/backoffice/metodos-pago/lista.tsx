import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import type { MetodoPago } from '../cobros/datos.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { LugarYEncendido } from '../ui/lugar-y-encendido.tsx'
import { encender, reordenar } from './datos.ts'
import { useTextosMetodosPago } from './textos.ts'

interface ListaProps {
  readonly metodos: readonly MetodoPago[]
  /** They can be put in another order, turned on and off. */
  readonly conCambios: boolean
}

/** The ways to pay in the shop's order. */
export function ListaMetodosPago({ metodos, conCambios }: ListaProps) {
  const t = useTextosMetodosPago()
  const columnas: readonly Column<MetodoPago>[] = [
    { head: t.metodo, main: true, cell: (metodo) => <Nombre {...{ metodo, conCambios }} /> },
    { head: t.momento, cell: ({ momento }) => t.momentos[momento] },
    { head: t.limites, cell: (metodo) => <Limites metodo={metodo} /> },
    { head: t.estado, cell: (metodo) => <Estado metodo={metodo} /> },
  ]
  const acciones: Column<MetodoPago> = {
    head: t.acciones,
    bare: true,
    cell: (metodo) => <Acciones {...{ metodo, metodos }} />,
  }
  return (
    <DataTable
      caption={t.tabla}
      columns={conCambios ? [...columnas, acciones] : columnas}
      rows={metodos}
      rowKey={({ codigo }) => codigo}
    />
  )
}

interface NombreProps {
  readonly metodo: MetodoPago
  readonly conCambios: boolean
}

function Nombre({ metodo: { codigo, nombre, proveedor }, conCambios }: NombreProps) {
  const t = useTextosMetodosPago()
  return (
    <>
      {conCambios ? (
        <Link
          to="/gestion/metodos-pago/$codigo"
          params={{ codigo }}
          aria-label={t.editar(nombre)}
          className={rowLink}
        >
          {nombre}
        </Link>
      ) : (
        nombre
      )}
      <span className="text-suave block text-sm font-normal">
        {`${t.deProveedor[proveedor]} · ${codigo}`}
      </span>
    </>
  )
}

function Limites({ metodo: { minimo, maximo } }: { readonly metodo: MetodoPago }) {
  const t = useTextosMetodosPago()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const partes = [
    minimo !== null && t.desde(dinero(minimo, moneda)),
    maximo !== null && t.hasta(dinero(maximo, moneda)),
  ].filter((uno) => uno !== false)
  return partes.length === 0 ? t.cualquiera : partes.join(' ')
}

function Estado({ metodo: { activo, disponible } }: { readonly metodo: MetodoPago }) {
  const t = useTextosMetodosPago()
  if (!activo) return <Badge tone="neutral">{t.apagado}</Badge>
  return disponible ? (
    <Badge tone="good">{t.encendido}</Badge>
  ) : (
    <Badge tone="warning">{t.sinProveedor}</Badge>
  )
}

interface AccionesProps {
  readonly metodo: MetodoPago
  readonly metodos: readonly MetodoPago[]
}

function Acciones({ metodo, metodos }: AccionesProps) {
  const t = useTextosMetodosPago()
  const consultas = useQueryClient()
  const indice = metodos.indexOf(metodo)
  return (
    <LugarYEncendido
      {...{ t, indice }}
      nombre={metodo.nombre}
      activo={metodo.activo}
      cuantos={metodos.length}
      mover={(lugares) => reordenar(consultas, metodos, indice, lugares)}
      encender={(activo) => encender(consultas, metodo, activo)}
    />
  )
}
