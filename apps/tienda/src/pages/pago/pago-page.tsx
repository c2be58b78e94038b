import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { problemaDe } from '../../api.ts'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { LoPedido } from '../../marco/lo-pedido.tsx'
import { EnCamino } from '../../sesion/con-sesion.tsx'
import { useSesion } from '../../sesion/sesion.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { opcionesSeguido } from '../seguimiento/datos.ts'
import { type Acceso, cuenta, enlaceDe } from './acceso.ts'
import { Pago } from './panel.tsx'
import { enMarcha, type PorPagar } from './situacion.ts'
import { useTextosPago } from './textos.ts'

/** Nobody who is not signed in is told of changes as they happen; in milliseconds. */
const cadaMs = 30_000
const mirarOtraVez = ({ state }: { readonly state: { readonly data?: PorPagar | undefined } }) =>
  state.data && enMarcha(state.data) ? cadaMs : false
const ruta = getRouteApi('/pago/$id')

/**
 * Where somebody comes back to from paying, in this tab or another. What the address says beyond the order's
 * id is anybody's word: how things are, the shop's own services are asked.
 */
export function PagoPage() {
  const { id } = ruta.useParams()
  return <DePedido key={id} id={id} />
}

function DePedido({ id }: { readonly id: string }) {
  const [enlace] = useState(() => enlaceDe(id))
  return enlace === undefined ? <DeCuenta id={id} /> : <DeEnlace id={id} token={enlace} />
}

function DeEnlace({ id, token }: { readonly id: string; readonly token: string }) {
  const consulta = useQuery({
    ...opcionesSeguido(token),
    ...insistente,
    refetchInterval: mirarOtraVez,
  })
  // Taken back or kept in an account meanwhile: then it may be opened by that.
  if (problemaDe(consulta.error)?.codigo === 'no-encontrado') return <DeCuenta id={id} />
  return (
    <LoPedido consulta={consulta} motivo={motivoDe(consulta)} espera={<EnCamino />}>
      {(pedido) => <Hoja pedido={pedido} acceso={{ tipo: 'enlace', token }} />}
    </LoPedido>
  )
}

function DeCuenta({ id }: { readonly id: string }) {
  const sesion = useSesion()
  const abierta = sesion === 'abierta'
  const consulta = useQuery({
    ...opcionesPedido(id),
    ...insistente,
    enabled: abierta,
    refetchInterval: mirarOtraVez,
  })
  if (sesion === 'desconocida') return <EnCamino />
  if (!abierta) return <SinLlave id={id} />
  return (
    <LoPedido consulta={consulta} motivo={motivoDe(consulta)} espera={<EnCamino />}>
      {(pedido) => <Hoja pedido={pedido} acceso={cuenta} />}
    </LoPedido>
  )
}

/** Signed out meanwhile, or in another browser than the one that it was ordered in. */
function SinLlave({ id }: { readonly id: string }) {
  const { sinLlave: t } = useTextosPago()
  return (
    <Page title={t.titulo} narrow>
      <div className="flex flex-col items-start gap-4">
        <p>{t.texto}</p>
        <Link to="/entrar" search={{ volver: `/pago/${id}` }} className={buttonClass()}>
          {t.entrar}
        </Link>
      </div>
    </Page>
  )
}

function Hoja({ pedido, acceso }: { readonly pedido: PorPagar; readonly acceso: Acceso }) {
  const t = useTextosPago()
  const consultas = useQueryClient()
  const refrescar = useCallback(() => {
    for (const area of ['pedidos', 'seguimiento']) {
      void consultas.invalidateQueries({ queryKey: [area] })
    }
  }, [consultas])
  const verPedido =
    acceso.tipo === 'enlace' ? (
      <Link
        to="/seguimiento/$token"
        params={{ token: acceso.token }}
        // Who has just bought has not seen it yet, and is to keep its address.
        search={{ nuevo: true }}
        className={buttonClass('secondary')}
      >
        {t.verPedido}
      </Link>
    ) : (
      <Link to="/pedidos/$id" params={{ id: pedido.id }} className={buttonClass('secondary')}>
        {t.verPedido}
      </Link>
    )
  return (
    <Page title={t.titulo(pedido.numero)}>
      <div className="flex max-w-2xl flex-col items-start gap-6 *:w-full">
        <Pago {...{ pedido, acceso, refrescar }} solo />
        <p>{verPedido}</p>
      </div>
    </Page>
  )
}
