import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMoneda } from '../../datos/moneda.ts'
import { opcionesPorIds } from '../../datos/productos.ts'
import { useFormato } from '../../textos/formato.ts'
import { usePersonas } from '../datos/nombres.ts'
import { useTextosAuditoria } from '../textos/auditoria.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { Apunte } from './datos.ts'
import { detalleLegible } from './detalle.ts'

interface TablaProps {
  readonly apuntes: readonly Apunte[]
  readonly viejos: boolean
}

const enlace = 'underline-offset-4 hover:underline'
const codigo = (id: string) => <code className="text-sm break-all">{id.slice(0, 13)}</code>
const esDeProducto = ({ servicio, accion, sujetoId }: Apunte) =>
  sujetoId !== null && (servicio === 'inventario' || accion.startsWith('producto-'))

/** What a line is about, as the way to it. */
function useSujeto(apuntes: readonly Apunte[], persona: (id: string | null) => ReactNode) {
  const t = useTextosAuditoria()
  const ids = apuntes.filter(esDeProducto).map(({ sujetoId }) => sujetoId ?? '')
  const distintos = [...new Set(ids)].toSorted()
  const productos = useQuery({ ...opcionesPorIds(distintos), enabled: distintos.length > 0 }).data
  return (apunte: Apunte): ReactNode => {
    const { servicio, accion, sujetoId: id } = apunte
    if (servicio === 'auth') return persona(id)
    if (id === null) return t.nadie
    if (esDeProducto(apunte)) {
      return (
        <Link to="/gestion/productos/$id" params={{ id }} className={enlace}>
          {productos?.get(id)?.nombre ?? codigo(id)}
        </Link>
      )
    }
    if (accion.startsWith('impuesto-')) {
      return (
        <Link to="/gestion/impuestos" search={{ codigo: id }} className={enlace}>
          {id}
        </Link>
      )
    }
    if (accion.startsWith('cupon-')) {
      // The log looks everything up in lower case; coupons are in capitals.
      const suyo = id.toUpperCase()
      return (
        <Link to="/gestion/cupones/$codigo" params={{ codigo: suyo }} className={enlace}>
          {suyo}
        </Link>
      )
    }
    if (accion.startsWith('metodo-pago-')) {
      return (
        <Link to="/gestion/metodos-pago/$codigo" params={{ codigo: id }} className={enlace}>
          {id}
        </Link>
      )
    }
    if (accion.startsWith('metodo-')) {
      return (
        <Link to="/gestion/envios/$codigo" params={{ codigo: id }} className={enlace}>
          {id}
        </Link>
      )
    }
    return codigo(id)
  }
}

export function Tabla({ apuntes, viejos }: TablaProps) {
  const t = useTextosAuditoria()
  const { fechaYHora, dinero, tasa } = useFormato()
  const moneda = useMoneda()
  const personas = usePersonas(
    apuntes.flatMap(({ servicio, actorId, sujetoId }) => [
      actorId ?? '',
      (servicio === 'auth' ? sujetoId : null) ?? '',
    ]),
  )
  const persona = (id: string | null): ReactNode => {
    if (id === null) return t.nadie
    const hallada = personas.get(id)
    if (!hallada) return codigo(id)
    return (
      <Link to="/gestion/usuarios/$id" params={{ id }} className={enlace}>
        {hallada.nombre ?? id.slice(0, 8)}
      </Link>
    )
  }
  const sujeto = useSujeto(apuntes, persona)
  const acciones: Readonly<Record<string, Readonly<Record<string, string>>>> = t.acciones
  const formato = {
    tasa,
    fecha: fechaYHora,
    dinero: (importe: number) => dinero(importe, moneda),
  }
  const columnas: readonly Column<Apunte>[] = [
    {
      head: t.accion,
      main: true,
      cell: ({ servicio, accion }) => acciones[servicio]?.[accion] ?? accion,
    },
    {
      head: t.cuando,
      cell: ({ en }) => (
        <time dateTime={en} className="@4xl:whitespace-nowrap">
          {fechaYHora(en)}
        </time>
      ),
    },
    { head: t.actor, cell: ({ actorId }) => persona(actorId) },
    { head: t.sujeto, cell: sujeto },
    {
      head: t.red,
      cell: ({ red }) => <code className="text-sm">{red ?? t.nadie}</code>,
    },
    {
      head: t.detalle,
      cell: ({ detalle }) => (detalle === null ? t.nadie : detalleLegible(detalle, formato)),
    },
  ]
  return (
    <DataTable
      caption={t.tabla}
      columns={columnas}
      rows={apuntes}
      rowKey={({ servicio, numero }) => `${servicio} ${numero}`}
      stale={viejos}
    />
  )
}
