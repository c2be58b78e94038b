import { Link } from '@tanstack/react-router'
import type { Pedido } from '@encargo/client'
import { situacionDe } from '../../datos/pedidos.ts'
import { Estado } from '../../pages/pedidos/estado.tsx'
import { useFormato } from '../../textos/formato.ts'
import { conDinero } from '../cobros/cuentas.ts'
import { EstadoPago } from '../cobros/estado-pago.tsx'
import { usePersonas } from '../datos/nombres.ts'
import type { Usuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { useTextosTrato } from '../textos/trato.ts'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { Acciones } from './acciones.tsx'
import { Casilla } from './casilla.tsx'
import type { Eleccion } from './eleccion.ts'
import { Persona } from './persona.tsx'
import { Plazo } from './plazo.tsx'

interface TablaProps {
  readonly pedidos: readonly Pedido[]
  readonly recientes: ReadonlySet<string>
  readonly viejos: boolean
  readonly eleccion: Eleccion
}

export function TablaPedidos({ pedidos, recientes, viejos, eleccion }: TablaProps) {
  const t = useTextosPedidos()
  const { dinero } = useFormato()
  const personas = usePersonas(pedidos.map(({ clienteId }) => clienteId))
  const columnas: readonly Column<Pedido>[] = [
    {
      head: t.numero,
      main: true,
      cell: (pedido) => <Numero {...{ pedido, eleccion }} />,
    },
    {
      head: t.cliente,
      cell: (pedido) => <DeQuien pedido={pedido} usuario={personas.get(pedido.clienteId)} />,
    },
    { head: t.contenido, cell: (pedido) => <Contenido pedido={pedido} /> },
    {
      head: t.estado,
      cell: (pedido) => (
        <span className="flex flex-col items-start gap-1">
          <Estado estado={situacionDe(pedido)} />
          <Plazo pedido={pedido} />
        </span>
      ),
    },
    {
      head: t.total,
      end: true,
      cell: (pedido) => (
        <span className="flex flex-col items-end gap-1">
          <span className="font-medium">{dinero(pedido.total, pedido.moneda)}</span>
          {conDinero(pedido) && <EstadoPago pago={pedido.pago} />}
        </span>
      ),
    },
    {
      head: t.acciones,
      bare: true,
      cell: (pedido) => <Acciones pedido={pedido} size="small" foco={focoDe(pedido)} />,
    },
  ]
  return (
    <DataTable
      caption={t.titulo}
      columns={columnas}
      rows={pedidos}
      rowKey={({ id }) => id}
      rowClassName={({ id }) => (recientes.has(id) ? 'bg-acento-tenue!' : undefined)}
      stale={viejos}
    />
  )
}

/** Who is to be reached about it, and where it was sold, if not here. */
function DeQuien({
  pedido,
  usuario,
}: {
  readonly pedido: Pedido
  readonly usuario?: Usuario | undefined
}) {
  const trato = useTextosTrato()
  const { contacto, clienteId, canal } = pedido
  const dicho = [usuario?.invitado && trato.invitado, canal && (trato.canales[canal] ?? canal)]
  const notas = dicho.filter(Boolean).join(' · ')
  return (
    <span>
      {contacto ? <span>{contacto.nombre}</span> : <Persona id={clienteId} usuario={usuario} />}
      {notas !== '' && <span className="text-suave block text-sm">{notas}</span>}
    </span>
  )
}

const focoDe = ({ numero }: Pedido) => `pedido-${numero}`

interface NumeroProps {
  readonly pedido: Pedido
  readonly eleccion: Eleccion
}

function Numero({ pedido, eleccion }: NumeroProps) {
  const t = useTextosPedidos()
  const { fechaReciente } = useFormato()
  return (
    <>
      <span className="flex min-h-6 items-center justify-between gap-1">
        <Link
          id={focoDe(pedido)}
          to="/gestion/pedidos/$id"
          params={{ id: pedido.id }}
          aria-label={t.pedido(pedido.numero)}
          className={rowLink}
        >
          <span aria-hidden="true" className="text-suave font-normal">
            #
          </span>
          <span>{pedido.numero}</span>
        </Link>
        {pedido.estado === 'Pendiente' && (
          <Casilla
            numero={pedido.numero}
            elegido={eleccion.tiene(pedido.id)}
            onChange={(si) => eleccion.elegir(pedido, si)}
          />
        )}
      </span>
      <time
        dateTime={pedido.creadoEn}
        className="text-suave block text-sm font-normal whitespace-nowrap"
      >
        {fechaReciente(pedido.creadoEn)}
      </time>
    </>
  )
}

function Contenido({ pedido: { lineas } }: { readonly pedido: Pedido }) {
  const [primera, ...otras] = lineas
  return (
    <span className="text-suave line-clamp-2 max-w-72">
      {primera && <span>{`${primera.cantidad} × ${primera.nombre}`}</span>}
      {otras.length > 0 && <span>{` +${otras.length}`}</span>}
    </span>
  )
}
