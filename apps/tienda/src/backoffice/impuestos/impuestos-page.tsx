import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Notice } from '../../ui/badge.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { type Column, DataTable, rowLink } from '../ui/data-table.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { type Clase, claseGeneral, clasesDe } from './clases.ts'
import { type Impuesto, opcionesImpuestos } from './datos.ts'
import { PonerImpuesto } from './formulario.tsx'
import { useTextosImpuestos } from './textos.ts'

const ruta = getRouteApi('/gestion/impuestos')

/** What of the prices is tax, what it will be and what it was. */
export function ImpuestosPage() {
  const t = useTextosImpuestos()
  const consulta = useQuery(opcionesImpuestos())
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} />
      <Loaded query={consulta} waiting={<LoadingRows />}>
        {(historial) => <Impuestos historial={historial} leido={consulta.dataUpdatedAt} />}
      </Loaded>
    </>
  )
}

interface ImpuestosProps {
  readonly historial: readonly Impuesto[]
  /** When it was read, in milliseconds: what holds then is shown as what holds. */
  readonly leido: number
}

function Impuestos({ historial, leido }: ImpuestosProps) {
  const t = useTextosImpuestos()
  const { codigo = claseGeneral } = ruta.useSearch()
  const clases = clasesDe(historial, leido)
  const vacia = { codigo, vigente: undefined, proximo: undefined }
  const elegida = clases.find((una) => una.codigo === codigo) ?? vacia
  return (
    <div className="flex flex-col gap-5">
      <Clases clases={clases} />
      {useEsAdmin() ? (
        <PonerImpuesto key={`${codigo} ${elegida.vigente?.desde}`} clase={elegida} />
      ) : (
        <Notice tone="neutral">{t.soloAdmin}</Notice>
      )}
      {historial.length > 0 && (
        <Panel title={t.historial}>
          <Historial filas={historial} />
        </Panel>
      )}
    </div>
  )
}

function Clases({ clases }: { readonly clases: readonly Clase[] }) {
  const t = useTextosImpuestos()
  const { tasa, fecha } = useFormato()
  const columnas: readonly Column<Clase>[] = [
    {
      head: t.clase,
      main: true,
      cell: ({ codigo }) => (
        <Link
          to="/gestion/impuestos"
          search={{ codigo }}
          className={rowLink}
          aria-label={t.cambiarCual(codigo)}
        >
          {codigo}
        </Link>
      ),
    },
    { head: t.nombre, cell: ({ vigente }) => vigente?.nombre ?? t.ninguno },
    {
      head: t.ahora,
      cell: ({ vigente }) =>
        vigente ? `${tasa(vigente.tasa)} · ${t.modos[vigente.modo]}` : t.sinTasa,
    },
    {
      head: t.proximo,
      cell: ({ proximo }) =>
        proximo ? t.desdeEl(tasa(proximo.tasa), fecha(proximo.desde)) : t.ninguno,
    },
  ]
  return (
    <DataTable
      caption={t.clases}
      columns={columnas}
      rows={clases}
      rowKey={({ codigo }) => codigo}
    />
  )
}

function Historial({ filas }: { readonly filas: readonly Impuesto[] }) {
  const t = useTextosImpuestos()
  const { tasa, fechaYHora } = useFormato()
  const columnas: readonly Column<Impuesto>[] = [
    { head: t.cuandoEmpieza, main: true, cell: ({ desde }) => fechaYHora(desde) },
    { head: t.clase, cell: ({ codigo }) => codigo },
    { head: t.nombre, cell: ({ nombre }) => nombre },
    { head: t.tasa, cell: (una) => `${tasa(una.tasa)} · ${t.modos[una.modo]}` },
  ]
  return (
    <DataTable
      caption={t.historial}
      columns={columnas}
      rows={filas}
      rowKey={({ codigo, desde }) => `${codigo} ${desde}`}
    />
  )
}
