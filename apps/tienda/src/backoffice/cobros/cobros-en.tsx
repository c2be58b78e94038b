import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { useFormato } from '../../textos/formato.ts'
import { Empty } from '../../ui/page.tsx'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { opcionesMetodosPago } from './datos.ts'
import { EnlacePedido } from './enlace-pedido.tsx'
import { FiltroEstado, useEstado } from './filtro.tsx'
import { type CobroDeLista, estadosCobro, opcionesCobrosEn } from './listas.ts'
import { useTextosCobros } from './textos-listas.ts'
import { useTextosPago } from './textos.ts'

/** The names that methods have. */
function useNombres() {
  const metodos = useQuery(opcionesMetodosPago()).data?.datos ?? []
  return (codigo: string) => metodos.find((uno) => uno.codigo === codigo)?.nombre ?? codigo
}

/** Charges in one state, those that wait first. */
export function CobrosEn() {
  const t = useTextosCobros()
  const { estadosCobro: palabras } = useTextosPago()
  const estado = useEstado(estadosCobro)
  const consulta = useInfiniteQuery(opcionesCobrosEn(estado))
  return (
    <>
      <FiltroEstado estados={estadosCobro} estado={estado} palabras={palabras} />
      <CursorList query={consulta} empty={<Empty title={t.ninguno} text={t.ningunoTexto} />}>
        {(cobros, viejos) => <Tabla cobros={cobros} viejos={viejos} />}
      </CursorList>
    </>
  )
}

interface TablaProps {
  readonly cobros: readonly CobroDeLista[]
  readonly viejos: boolean
}

function Tabla({ cobros, viejos }: TablaProps) {
  const t = useTextosCobros()
  const nombreDe = useNombres()
  const { dinero, fechaReciente } = useFormato()
  const columnas: readonly Column<CobroDeLista>[] = [
    {
      head: t.pedido,
      main: true,
      cell: ({ pedidoId, numero }) => <EnlacePedido id={pedidoId} numero={numero} />,
    },
    { head: t.metodo, cell: ({ metodo }) => nombreDe(metodo) },
    { head: t.importe, end: true, cell: ({ importe, moneda }) => dinero(importe, moneda) },
    { head: t.cobrado, end: true, cell: ({ cobrado, moneda }) => dinero(cobrado, moneda) },
    { head: t.desde, cell: ({ creadoEn }) => fechaReciente(creadoEn) },
    {
      head: t.hasta,
      cell: (uno) => (esperaDinero(uno) ? fechaReciente(uno.expiraEn) : t.nada),
    },
  ]
  return (
    <DataTable
      caption={t.tablaCobros}
      columns={columnas}
      rows={cobros}
      rowKey={({ id }) => id}
      stale={viejos}
    />
  )
}
