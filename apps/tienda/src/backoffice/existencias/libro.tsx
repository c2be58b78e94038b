import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { usePersonas } from '../datos/nombres.ts'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { type Movimiento, opcionesMovimientos } from './datos.ts'
import { useTextosExistencias } from './textos.ts'

/** Every change of the stock, the newest first; what is there is always their sum. */
export function Libro({ productoId }: { readonly productoId: string }) {
  const { libro: t } = useTextosExistencias()
  const consulta = useInfiniteQuery(opcionesMovimientos(productoId))
  return (
    <section aria-labelledby="libro">
      <h2 id="libro" className="mb-3 text-xl font-semibold">
        {t.titulo}
      </h2>
      <CursorList part query={consulta} empty={<p className="text-suave">{t.vacio}</p>}>
        {(movimientos) => <Tabla movimientos={movimientos} />}
      </CursorList>
    </section>
  )
}

function Tabla({ movimientos }: { readonly movimientos: readonly Movimiento[] }) {
  const { libro: t } = useTextosExistencias()
  const { numero, fechaYHora } = useFormato()
  const personas = usePersonas(movimientos.flatMap(({ usuarioId }) => usuarioId ?? []))
  const columnas: readonly Column<Movimiento>[] = [
    { head: t.fecha, main: true, cell: ({ creadoEn }) => fechaYHora(creadoEn) },
    { head: t.tipo, cell: ({ tipo }) => t.tipos[tipo] },
    {
      head: t.cantidad,
      end: true,
      cell: ({ cantidad }) => `${cantidad > 0 ? '+' : ''}${numero(cantidad)}`,
    },
    {
      head: t.queda,
      end: true,
      cell: ({ fisicoResultante }) => numero(fisicoResultante),
    },
    { head: t.motivo, cell: ({ motivo }) => <Texto>{motivo ?? '—'}</Texto> },
    {
      head: t.quien,
      cell: ({ pedidoId, usuarioId }) =>
        pedidoId === null ? (
          <Texto>{personas.get(usuarioId ?? '')?.nombre ?? '—'}</Texto>
        ) : (
          <Link
            to="/gestion/pedidos/$id"
            params={{ id: pedidoId }}
            className="text-acento underline underline-offset-4"
          >
            {t.verPedido}
          </Link>
        ),
    },
  ]
  return (
    <DataTable caption={t.titulo} columns={columnas} rows={movimientos} rowKey={({ id }) => id} />
  )
}

const Texto = ({ children }: { readonly children: string }) => (
  <span className="min-w-0">{children}</span>
)
