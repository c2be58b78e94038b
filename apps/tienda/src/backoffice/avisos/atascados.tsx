import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormato } from '../../textos/formato.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTextosMarco } from '../textos/marco.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { type Aviso, idDePedido, opcionesAtascados } from './datos.ts'
import { Reenviar } from './reenviar.tsx'
import { useTextosAvisos } from './textos.ts'

/** Mails that did not get there: refused for good first, then those that still wait. */
export function Atascados() {
  const t = useTextosAvisos()
  return (
    <>
      <Lista titulo={t.fallidos} estado="fallido" vacia={t.sinFallidos} />
      <Lista titulo={t.esperan} estado="por-enviar" />
    </>
  )
}

/** Numbers that nobody told us to read again are read again after this long, in milliseconds. */
const refrescoMs = 30_000

interface ListaProps {
  readonly titulo: string
  readonly estado: 'fallido' | 'por-enviar'
  /** Said where there are none; without it, nothing is. */
  readonly vacia?: string
}

function Lista({ titulo, estado, vacia }: ListaProps) {
  const { mas } = useTextosMarco()
  const consulta = useInfiniteQuery({ ...opcionesAtascados(estado), refetchInterval: refrescoMs })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = consulta
  const avisos = data?.pages.flatMap((pagina) => pagina.datos)
  if (vacia === undefined && !avisos?.length) return null
  return (
    <Panel title={titulo}>
      <Loaded query={{ ...consulta, data: avisos }} waiting={<LoadingRows rows={1} />}>
        {(todos) => (
          <>
            {todos.length === 0 && <p className="text-suave">{vacia}</p>}
            <ul className="divide-linea divide-y">
              {todos.map((aviso) => (
                <Atascado key={aviso.id} aviso={aviso} conReenvio={estado === 'fallido'} />
              ))}
            </ul>
            {hasNextPage && (
              <Button look="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {mas}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function Atascado({ aviso, conReenvio }: { readonly aviso: Aviso; readonly conReenvio: boolean }) {
  const t = useTextosAvisos()
  const consultas = useQueryClient()
  const { fechaReciente } = useFormato()
  const { tipo, pedido: numero, fallo, intentos, creadoEn } = aviso
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{t.tipos[tipo]}</p>
        <p className="text-suave text-sm">
          {[
            fallo !== null && t.porque(t.motivos[fallo] ?? fallo),
            intentos > 0 && t.intentos(intentos),
            fechaReciente(creadoEn),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {numero !== null && (
        <Link
          to="/gestion/pedidos"
          search={{ q: `Pedido ${numero}` }}
          className="inline-flex min-h-11 items-center font-medium underline underline-offset-4"
        >
          {t.pedido(numero)}
        </Link>
      )}
      {conReenvio && numero !== null && (
        <Reenviar
          aviso={aviso}
          numero={numero}
          pedidoId={() =>
            consultas.fetchQuery({
              queryKey: ['avisos', 'pedido', numero],
              queryFn: async () => (await idDePedido(numero)) ?? null,
            })
          }
        />
      )}
    </li>
  )
}
