import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormato } from '../../textos/formato.ts'
import { Empty } from '../../ui/page.tsx'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { CerrarReembolso } from './cerrar-reembolso.tsx'
import { EnlacePedido } from './enlace-pedido.tsx'
import { FiltroEstado, useEstado } from './filtro.tsx'
import { estadosReembolso, opcionesReembolsos, type ReembolsoDeLista } from './listas.ts'
import { useTextosCobros } from './textos-listas.ts'
import { useTextosPago } from './textos.ts'

/** Money that goes back, and what of it a person has to give back. */
export function Devoluciones() {
  const t = useTextosCobros()
  const estado = useEstado(estadosReembolso)
  const consulta = useInfiniteQuery(opcionesReembolsos(estado))
  return (
    <>
      <FiltroEstado estados={estadosReembolso} estado={estado} palabras={t.devoluciones} />
      <CursorList query={consulta} empty={<Empty title={t.ninguno} text={t.ningunoTexto} />}>
        {(reembolsos, viejos) => <Tabla reembolsos={reembolsos} viejos={viejos} />}
      </CursorList>
    </>
  )
}

interface TablaProps {
  readonly reembolsos: readonly ReembolsoDeLista[]
  readonly viejos: boolean
}

/** Whether nobody but a person gives it back. */
const esAMano = ({ estado, proveedor }: Pick<ReembolsoDeLista, 'estado' | 'proveedor'>): boolean =>
  estado === 'fallido' || (estado === 'enviado' && proveedor === 'manual')

function Tabla({ reembolsos, viejos }: TablaProps) {
  const t = useTextosCobros()
  const { motivos } = useTextosPago()
  const { dinero, fechaReciente } = useFormato()
  const columnas: readonly Column<ReembolsoDeLista>[] = [
    {
      head: t.pedido,
      main: true,
      cell: ({ ajeno, pedidoId, numero }) =>
        ajeno ? t.sinPedido : <EnlacePedido id={pedidoId} numero={numero} />,
    },
    { head: t.importe, end: true, cell: ({ importe, moneda }) => dinero(importe, moneda) },
    { head: t.metodo, cell: ({ metodo }) => metodo },
    {
      head: t.motivo,
      cell: ({ motivo, causa }) => (
        <span>
          <span>{motivos[motivo] ?? motivo}</span>
          {causa !== null && <span className="text-suave block text-sm">{causa}</span>}
        </span>
      ),
    },
    { head: t.referencia, cell: ({ referencia }) => referencia ?? t.nada },
    { head: t.desde, cell: ({ desde }) => fechaReciente(desde) },
    {
      head: t.acciones,
      bare: true,
      cell: (uno) =>
        esAMano(uno) && (
          <div className="relative z-10">
            <CerrarReembolso id={uno.id} cuanto={dinero(uno.importe, uno.moneda)} />
          </div>
        ),
    },
  ]
  return (
    <DataTable
      caption={t.tablaDevoluciones}
      columns={columnas}
      rows={reembolsos}
      rowKey={({ id }) => id}
      stale={viejos}
    />
  )
}
