import { useQuery } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { useLengua } from '../../textos/idioma.ts'
import { useFormato } from '../../textos/formato.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { usePersonas } from '../datos/nombres.ts'
import { opcionesHistoria, type Suceso } from '../datos/pedidos.ts'
import { useTextosHistoria } from '../textos/historia.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Panel } from '../../ui/panel.tsx'

/** Each step and each attempt: who wanted it, what came of it, and how long it took. */
export function Historia({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPedidos()
  const consulta = useQuery(opcionesHistoria(pedido.id))
  const nombreDe = useNombreDe(consulta.data?.sucesos ?? [])
  return (
    <Panel title={t.historia} className="print:hidden">
      <Loaded query={consulta} waiting={<LoadingRows rows={3} />}>
        {({ sucesos }) => (
          <ol
            aria-label={t.historiaDe(pedido.numero)}
            className="border-linea ml-2 flex flex-col gap-6 border-l-2 pl-5"
          >
            {sucesos.map((suceso) => (
              <Entrada key={`${suceso.en} ${suceso.que}`} {...{ suceso, nombreDe }} />
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  )
}

function useNombreDe(sucesos: readonly Suceso[]) {
  const t = useTextosPedidos()
  const personas = usePersonas(sucesos.map(({ quien }) => quien))
  return (quien: string): string => {
    if (quien === 'sistema') return t.sistema
    const persona = personas.get(quien)
    if (persona === undefined) return quien.includes('-') ? t.servicio : quien
    return persona.nombre ?? t.cuentaEliminada
  }
}

const colores: Record<Tone, string> = {
  good: 'bg-bien',
  warning: 'bg-ojo',
  bad: 'bg-mal',
  neutral: 'bg-borde',
}

function tonoDe({ que, resultado }: Suceso): Tone {
  if (resultado.startsWith('fallo')) return 'bad'
  if (que.startsWith('intención') || resultado.startsWith('pendiente')) return 'warning'
  return resultado === 'Cancelado' ? 'neutral' : 'good'
}

interface EntradaProps {
  readonly suceso: Suceso
  readonly nombreDe: (quien: string) => string
}

function Entrada({ suceso, nombreDe }: EntradaProps) {
  const t = useTextosPedidos()
  const palabras = useTextosHistoria()
  const { fechaYHora } = useFormato()
  const { en, quien, que, resultado, ms, veces, traza, pasos } = suceso
  return (
    <li className="relative">
      <span
        aria-hidden="true"
        className={classNames(
          'border-papel absolute top-1.5 -left-[1.8rem] size-3.5 rounded-full border-2',
          colores[tonoDe(suceso)],
        )}
      />
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        {palabras.operacion[que] ?? que}
        {veces > 1 && <Badge tone="warning">{t.intentos(veces)}</Badge>}
        {ms !== null && <Duracion ms={ms} className="text-suave text-sm font-normal" />}
      </p>
      <p>{palabras.resultado[resultado] ?? resultado}</p>
      <p className="text-suave text-sm">
        <time dateTime={en}>{fechaYHora(en)}</time> <span>{`· ${t.quien(nombreDe(quien))}`}</span>
      </p>
      {pasos.length > 0 && <Pasos pasos={pasos} />}
      {traza !== null && (
        <p className="text-suave mt-1.5 text-xs">
          <span>{`${t.traza}:`}</span> <code className="break-all">{traza}</code>
        </p>
      )}
    </li>
  )
}

/** An outcome of a step, where we have words for it. */
function enPalabras(
  t: typeof useTextosPedidos.es,
  { salioAsi }: typeof useTextosHistoria.es,
  resultado: string,
): string {
  const [, cuantos, todos] = /^(\d+) de (\d+)$/.exec(resultado) ?? []
  if (cuantos !== undefined && todos !== undefined) return t.deTantos(cuantos, todos)
  return salioAsi[resultado] ?? resultado
}

function Pasos({ pasos }: Pick<Suceso, 'pasos'>) {
  const t = useTextosPedidos()
  const palabras = useTextosHistoria()
  const mayor = Math.max(...pasos.map(({ ms }) => ms), 0.01)
  return (
    <ul className="bg-hundido mt-2 flex flex-col gap-1.5 rounded-xl px-3.5 py-2.5 text-sm">
      {pasos.map(({ paso, resultado, ms, detalle }, indice) => (
        <li key={`${paso} ${indice}`} className="flex flex-wrap items-center gap-x-3">
          <span className="min-w-0 flex-1 basis-52">
            <span>{`${palabras.paso[paso] ?? paso}:`}</span>{' '}
            <span className={classNames('font-medium', resultado === 'fallo' && 'text-mal')}>
              {enPalabras(t, palabras, resultado)}
            </span>
            {detalle !== null && <span className="text-suave">{` (${detalle})`}</span>}
          </span>
          <span aria-hidden="true" className="bg-linea h-1.5 w-20 overflow-hidden rounded-full">
            <span
              className="bg-acento block h-full rounded-full"
              style={{ width: `${Math.max(3, (ms / mayor) * 100)}%` }}
            />
          </span>
          <Duracion ms={ms} className="w-20 text-right" />
        </li>
      ))}
    </ul>
  )
}

/** Milliseconds as a person reads them. */
function Duracion({ ms, className }: { readonly ms: number; readonly className: string }) {
  const { region } = useLengua()
  const [valor, unit] = ms < 1_000 ? [ms, 'millisecond'] : [ms / 1_000, 'second']
  const formato = new Intl.NumberFormat(region, {
    style: 'unit',
    unit,
    maximumFractionDigits: valor < 10 ? 1 : 0,
  })
  return <span className={classNames('cifra', className)}>{formato.format(valor)}</span>
}
