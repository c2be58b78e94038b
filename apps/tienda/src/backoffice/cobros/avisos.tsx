import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { CursorList } from '../ui/cursor-list.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { refrescarPagos } from './datos.ts'
import { Codigo, FiltroEstado, useEstado } from './filtro.tsx'
import { type AvisoDeLista, estadosAviso, opcionesAvisos, reintentarAviso } from './listas.ts'
import { useTextosCobros } from './textos-listas.ts'

/** What providers told and nobody could make anything of yet. */
export function Avisos() {
  const t = useTextosCobros()
  const estado = useEstado(estadosAviso)
  const consulta = useInfiniteQuery(opcionesAvisos(estado))
  return (
    <>
      <FiltroEstado estados={estadosAviso} estado={estado} palabras={t.avisos} />
      <CursorList query={consulta} empty={<Empty title={t.ninguno} text={t.ningunoTexto} />}>
        {(avisos, viejos) => <Tabla avisos={avisos} viejos={viejos} />}
      </CursorList>
    </>
  )
}

interface TablaProps {
  readonly avisos: readonly AvisoDeLista[]
  readonly viejos: boolean
}

function Tabla({ avisos, viejos }: TablaProps) {
  const t = useTextosCobros()
  const { fechaReciente, numero } = useFormato()
  const columnas: readonly Column<AvisoDeLista>[] = [
    { head: t.aviso, main: true, cell: ({ id }) => <Codigo texto={id} /> },
    { head: t.referencia, cell: ({ referencia }) => <Codigo texto={referencia} /> },
    { head: t.recibido, cell: ({ recibidoEn }) => fechaReciente(recibidoEn) },
    { head: t.intentos, end: true, cell: ({ intentos }) => numero(intentos) },
    { head: t.error, cell: ({ error }) => error ?? t.nada },
    {
      head: t.acciones,
      bare: true,
      cell: ({ id, estado }) => estado !== 'hecho' && <Reintentar id={id} />,
    },
  ]
  return (
    <DataTable
      caption={t.tablaAvisos}
      columns={columnas}
      rows={avisos}
      rowKey={({ id }) => id}
      stale={viejos}
    />
  )
}

function Reintentar({ id }: { readonly id: string }) {
  const t = useTextosCobros()
  const textos = useTextos()
  const consultas = useQueryClient()
  const intento = useMutation({
    mutationFn: () => reintentarAviso(id),
    onSuccess: () => toast(t.reintentado),
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
    onSettled: () => refrescarPagos(consultas),
  })
  return (
    <Button
      look="secondary"
      size="small"
      busy={intento.isPending}
      aria-label={t.reintentarCual(id)}
      onClick={() => intento.mutate()}
    >
      {t.reintentar}
    </Button>
  )
}
