import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Empty } from '../../ui/page.tsx'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { FilterBar, FilterSelect } from '../ui/filter-bar.tsx'
import { EnlacePedido } from './enlace-pedido.tsx'
import { type Asunto, asuntos, opcionesSaldos, type Saldo } from './listas.ts'
import { useTextosCobros } from './textos-listas.ts'

const ruta = getRouteApi('/gestion/cobros')

const tonos: Record<Asunto, Tone> = {
  'por-cobrar': 'warning',
  'por-devolver': 'warning',
  'devolucion-fallida': 'bad',
  'en-disputa': 'bad',
  vencido: 'warning',
  'por-asegurar': 'neutral',
}

/** Orders whose money somebody has to look at, and what there is to do. */
export function Saldos() {
  const t = useTextosCobros()
  const filtros = ruta.useSearch()
  const navegar = ruta.useNavigate()
  const asunto = asuntos.find((uno) => uno === filtros.asunto)
  const consulta = useInfiniteQuery(opcionesSaldos(asunto))
  const elegir = (nuevo: string) =>
    void navegar({ search: nuevo === '' ? {} : { asunto: nuevo }, replace: true })
  return (
    <>
      <FilterBar filters={asunto === undefined ? {} : { asunto }} onClear={() => elegir('')}>
        <FilterSelect
          label={t.asunto}
          className="w-64"
          value={asunto ?? ''}
          onChange={elegir}
          options={[['', t.todos], ...asuntos.map((uno) => [uno, t.asuntos[uno]] as const)]}
        />
      </FilterBar>
      <CursorList query={consulta} empty={<Empty title={t.vacio} text={t.vacioTexto} />}>
        {(saldos, viejos) => <Tabla saldos={saldos} viejos={viejos} />}
      </CursorList>
    </>
  )
}

interface TablaProps {
  readonly saldos: readonly Saldo[]
  readonly viejos: boolean
}

function Tabla({ saldos, viejos }: TablaProps) {
  const t = useTextosCobros()
  const { dinero, fechaReciente } = useFormato()
  const columnas: readonly Column<Saldo>[] = [
    {
      head: t.pedido,
      main: true,
      cell: ({ pedidoId, numero }) => <EnlacePedido id={pedidoId} numero={numero} />,
    },
    {
      head: t.asunto,
      cell: ({ asunto }) => (
        <span className="flex flex-col gap-1 @max-4xl:items-end">
          <Badge tone={tonos[asunto]}>{t.asuntos[asunto]}</Badge>
          <span className="text-suave text-sm">{t.queHacer[asunto]}</span>
        </span>
      ),
    },
    { head: t.total, end: true, cell: ({ pago, moneda }) => dinero(pago.exigible, moneda) },
    { head: t.cobrado, end: true, cell: ({ pago, moneda }) => dinero(pago.cobrado, moneda) },
    {
      head: t.saldo,
      end: true,
      cell: ({ pago, moneda }) => (
        <span className="font-semibold">{dinero(pago.saldo, moneda)}</span>
      ),
    },
    { head: t.desde, cell: ({ actualizadoEn }) => fechaReciente(actualizadoEn) },
  ]
  return (
    <DataTable
      caption={t.tabla}
      columns={columnas}
      rows={saldos}
      rowKey={({ pedidoId }) => pedidoId}
      stale={viejos}
    />
  )
}
