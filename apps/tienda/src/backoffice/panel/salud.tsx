import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { Badge } from '../../ui/badge.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import {
  cadaMs,
  type Informe,
  opcionesSalud,
  type Salud,
  type Servicio,
  servicios,
} from '../datos/salud.ts'
import { useTextosPanel } from '../textos/panel.ts'
import { Panel } from '../../ui/panel.tsx'
import { PorTerminar } from './por-terminar.tsx'

/** Each service as it says itself that it is, or that it does not say anything. */
export function SaludSistema() {
  const t = useTextosPanel()
  return (
    <Panel
      title={t.salud}
      aside={<p className="text-suave text-sm">{t.cada(Math.round(cadaMs / 1000))}</p>}
    >
      <ul className="grid gap-4 sm:grid-cols-2">
        {servicios.map((servicio) => (
          <UnServicio key={servicio} servicio={servicio} />
        ))}
      </ul>
    </Panel>
  )
}

function UnServicio({ servicio }: { readonly servicio: Servicio }) {
  const { data } = useQuery(opcionesSalud(servicio))
  return (
    <li className="bg-hundido min-w-0 rounded-xl p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{servicio}</h3>
        <div role="status">{data && <Estado salud={data} />}</div>
      </div>
      {data ? <Detalle salud={data} /> : <Skeleton className="mt-3 h-12" />}
    </li>
  )
}

function Estado({ salud }: { readonly salud: Salud }) {
  const t = useTextosPanel()
  if (salud.tipo === 'inalcanzable') return <Badge tone="bad">{t.inalcanzable}</Badge>
  return salud.informe.estado === 'listo' ? (
    <Badge tone="good">{t.listo}</Badge>
  ) : (
    <Badge tone="bad">{t.noListo}</Badge>
  )
}

function Detalle({ salud }: { readonly salud: Salud }) {
  const t = useTextosPanel()
  const { fechaYHora } = useFormato()
  if (salud.tipo === 'inalcanzable') {
    return (
      <div className="mt-2 text-sm">
        <p>{t.inalcanzableTexto}</p>
        <p className="text-suave mt-1">{t.desde(fechaYHora(salud.desde))}</p>
      </div>
    )
  }
  const { informe, desde } = salud
  return (
    <dl className="mt-2 flex flex-col gap-1.5 text-sm">
      <Par nombre={t.baseDatos}>
        {informe.almacenamiento.ok ? t.bien : <Mal>{informe.almacenamiento.motivo}</Mal>}
      </Par>
      <Circuitos informe={informe} />
      {informe.pendiente && <PorTerminar pendiente={informe.pendiente} />}
      {informe.estado === 'no-listo' && <Par nombre={t.noListo}>{t.desde(fechaYHora(desde))}</Par>}
    </dl>
  )
}

function Circuitos({ informe: { servicios: pares } }: { readonly informe: Informe }) {
  const t = useTextosPanel()
  return Object.entries(pares).map(([nombre, { circuito, reintentaEnMs, impedimentos }]) => (
    <Par key={nombre} nombre={t.llamadas(nombre)}>
      {impedimentos ? (
        <Mal>{impedimentos.join(' ')}</Mal>
      ) : circuito === 'closed' ? (
        t.circuito[circuito]
      ) : (
        <Mal>
          <span>{t.circuito[circuito] ?? circuito}</span>
          {reintentaEnMs > 0 && <span>{`, ${t.reintenta(Math.ceil(reintentaEnMs / 1000))}`}</span>}
        </Mal>
      )}
    </Par>
  ))
}

const Mal = ({ children }: { readonly children: ReactNode }) => (
  <span className="text-mal font-medium">{children}</span>
)

function Par({ nombre, children }: { readonly nombre: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-suave">{nombre}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}
