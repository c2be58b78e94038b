import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { useFormato } from '../../textos/formato.ts'
import { Casilla } from '../pedidos/casilla.tsx'
import { type Eleccion, useEleccion } from '../pedidos/eleccion.ts'
import { Varios } from '../pedidos/varios.tsx'
import { CursorList } from '../ui/cursor-list.tsx'
import { opcionesReservasDe } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

/** A reservation, with what pedidos knows of its order; undefined while it is asked. */
interface Reservado {
  readonly id: string
  readonly numero: number | undefined
  readonly cantidad: number
  readonly expiraEn: string | null
}

interface PedidosDeProps {
  readonly productoId: string
  /** Whether some of them can be chosen, to be cancelled. */
  readonly elegibles?: boolean
}

/** The orders that a product's units are promised to, the newest first. */
export function PedidosDe({ productoId, elegibles = false }: PedidosDeProps) {
  const consulta = useInfiniteQuery(opcionesReservasDe(productoId))
  return (
    <CursorList query={consulta} empty={null}>
      {(reservas) => <Lista {...{ reservas, elegibles }} />}
    </CursorList>
  )
}

interface ListaProps {
  readonly reservas: readonly { pedidoId: string; cantidad: number; expiraEn: string | null }[]
  readonly elegibles: boolean
}

function Lista({ reservas, elegibles }: ListaProps) {
  const { reservas: t } = useTextosExistencias()
  const { numero } = useFormato()
  const pedidos = useQueries({ queries: reservas.map(({ pedidoId }) => opcionesPedido(pedidoId)) })
  const filas = reservas.map(({ pedidoId: id, cantidad, expiraEn }, indice): Reservado => ({
    id,
    cantidad,
    expiraEn,
    numero: pedidos[indice]?.data?.numero,
  }))
  const posibles = filas.flatMap(({ id, numero: suyo }) =>
    suyo === undefined ? [] : { id, numero: suyo },
  )
  const eleccion = useEleccion(posibles)
  const esperan = filas.reduce(
    (suma, { id, cantidad }) => suma + (eleccion.tiene(id) ? cantidad : 0),
    0,
  )
  return (
    <>
      <ul className="divide-linea divide-y">
        {filas.map((fila) => (
          <Fila key={fila.id} fila={fila} eleccion={elegibles ? eleccion : undefined} />
        ))}
      </ul>
      {esperan > 0 && (
        <p role="status" className="mt-2">
          {t.cubren(numero(esperan))}
        </p>
      )}
      {elegibles && (
        <Varios
          pedidos={eleccion.elegidos}
          acciones={['cancelar']}
          motivo={t.motivo}
          onChange={eleccion.dejar}
        />
      )}
    </>
  )
}

interface FilaProps {
  readonly fila: Reservado
  readonly eleccion: Eleccion | undefined
}

function Fila({ fila: { id, numero: suyo, cantidad, expiraEn }, eleccion }: FilaProps) {
  const { reservas: t } = useTextosExistencias()
  const { numero, fechaYHora } = useFormato()
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3">
      {eleccion && suyo !== undefined && (
        <Casilla
          numero={suyo}
          elegido={eleccion.tiene(id)}
          onChange={(si) => eleccion.elegir({ id, numero: suyo }, si)}
        />
      )}
      <Link
        to="/gestion/pedidos/$id"
        params={{ id }}
        className="text-acento min-h-11 content-center font-medium underline underline-offset-4"
      >
        {suyo === undefined ? t.elPedido : t.pedido(String(suyo))}
      </Link>
      <span className="tabular-nums">{t.unidades(numero(cantidad))}</span>
      <span className="text-suave ml-auto text-sm">
        {expiraEn === null ? t.firme : t.hasta(fechaYHora(expiraEn))}
      </span>
    </li>
  )
}
