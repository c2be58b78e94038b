import type { MetodoPago } from '@encargo/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ComoSePaga } from '../pedidos/como-se-paga.tsx'
import type { Acceso } from './acceso.ts'
import { Aviso } from './aviso.tsx'
import { cobrar } from './cobrar.ts'
import { useCobroActual } from './consulta.ts'
import { tomarEncargado } from './encargado.ts'
import { Formas } from './formas.tsx'
import { type Formas as FormasDePago, seVaAPagar, useFormasDePago } from './metodos.ts'
import { cobroActual, type PorPagar, seDebe, type Situacion, situacionDe } from './situacion.ts'
import { useTextosPago } from './textos.ts'

interface PagoProps {
  readonly pedido: PorPagar
  readonly acceso: Acceso
  /** Asks for the order anew; it must not change identity. */
  readonly refrescar: () => void
  /** It is all that the page is about: then it also says that there is nothing to pay. */
  readonly solo?: boolean
}

/** How an order is paid, or was, and the way to pay it. */
export function Pago({ pedido, acceso, refrescar, solo = false }: PagoProps) {
  const t = useTextosPago()
  const debe = seDebe(pedido)
  const formas = useFormasDePago({ total: Math.max(0, pedido.pago.saldo) }, debe)
  const { metodos } = formas
  const actual = cobroActual(pedido.pago)
  const suyo = metodos.find(({ codigo }) => codigo === actual?.metodo)
  const consulta = useCobroActual(acceso, pedido, {
    // What is taken by hand nobody else can be asked about.
    enabled: !formas.enCamino && !(suyo && !seVaAPagar(suyo)),
    refrescar,
  })
  const situacion = situacionDe(pedido, metodos, consulta.detalle)
  const pagando = usePagar(pedido, acceso, refrescar)
  useEncargado(pedido.id, formas, pagando.pagar)
  const primero = pagando.ocupado && pedido.pago.cobros.length === 0
  if (pagando.yendo || primero) return <Yendo />
  if (formas.enCamino && metodos.length === 0) return <EnCamino />
  if (situacion.tipo === 'nada') return solo ? <p>{t.nada}</p> : null
  // The shop says in its own words how it wants to be paid, where nothing else says so.
  if (situacion.tipo === 'por-elegir' && metodos.length === 0) {
    return (
      <>
        <ComoSePaga />
        {formas.ausentes && <p className="text-ojo font-medium print:hidden">{t.sinPagos}</p>}
      </>
    )
  }
  return (
    <Panel title={t.pago} className="print:hidden">
      <div className="flex flex-col gap-4">
        <div aria-live="polite">
          <Aviso pedido={pedido} situacion={situacion} />
        </div>
        {consulta.sinRespuesta && debe && <p className="text-ojo font-medium">{t.sinRespuesta}</p>}
        {pagando.error !== undefined && (
          <Notice tone="bad" title={t.fallo} urgent>
            {pagando.error}
          </Notice>
        )}
        {debe && <Acciones {...{ pedido, situacion, formas }} {...pagando} />}
      </div>
    </Panel>
  )
}

function EnCamino() {
  const t = useTextosPago()
  const { cargando } = useTextos()
  return (
    <Panel title={t.pago}>
      <p role="status">{cargando}</p>
    </Panel>
  )
}

function Yendo() {
  const t = useTextosPago()
  return (
    <Panel title={t.pago}>
      <div role="status">
        <p className="font-medium">{t.abriendo}</p>
        <p className="text-suave">{t.abriendoTexto}</p>
      </div>
    </Panel>
  )
}

/** What waits for somebody else: another way to pay is there, and not pressed upon anybody. */
const esperan: readonly Situacion['tipo'][] = ['en-proceso', 'a-mano', 'a-la-entrega']

interface AccionesProps {
  readonly pedido: PorPagar
  readonly situacion: Situacion
  readonly formas: FormasDePago
  readonly ocupado: boolean
  readonly pagar: (metodo: MetodoPago) => void
}

function Acciones({ pedido: { pago, moneda }, situacion, formas, ocupado, pagar }: AccionesProps) {
  const t = useTextosPago()
  const { dinero } = useFormato()
  if (formas.ausentes) return <p className="text-ojo font-medium">{t.sinPagos}</p>
  const espera = esperan.includes(situacion.tipo)
  const elegido = cobroActual(pago)?.metodo ?? pago.metodo
  const metodos = formas.metodos.filter(({ codigo }) => !espera || codigo !== elegido)
  if (metodos.length === 0) return null
  const comun = { metodos, elegido, ocupado, cuanto: dinero(pago.saldo, moneda), onPagar: pagar }
  if (!espera) return <Formas {...comun} />
  return (
    <details>
      <summary className="text-acento min-h-11 cursor-pointer py-2 font-medium">
        {t.otraForma}
      </summary>
      <p className="text-suave mb-3 text-sm">{t.unaVez}</p>
      <Formas {...comun} />
    </details>
  )
}

/** Asks for the charge, and goes to where it is paid. */
function usePagar(pedido: PorPagar, acceso: Acceso, refrescar: () => void) {
  const t = useTextosPago()
  const consultas = useQueryClient()
  const navegar = useNavigate()
  const [yendo, setYendo] = useState(false)
  const [error, setError] = useState<string>()
  const { mutate, isPending } = useMutation({
    // Put off until there is a connection again, it would take somebody away who no longer expects it.
    networkMode: 'always',
    mutationFn: (metodo: MetodoPago) => cobrar(acceso, pedido, metodo),
    onMutate: () => setError(undefined),
    onSuccess: async (cobrado) => {
      if (cobrado.tipo === 'ir') {
        setYendo(true)
        location.assign(cobrado.url)
        return
      }
      setYendo(false)
      if (cobrado.tipo === 'sin-sesion') {
        return await navegar({ to: '/entrar', search: { volver: `/pago/${pedido.id}` } })
      }
      refrescar()
      if (cobrado.tipo === 'no-cobrable') setError(t.noCobrable)
      if (cobrado.tipo === 'otro-metodo') {
        void consultas.invalidateQueries({ queryKey: ['metodos-pago'] })
        setError(t.noDisponible)
      }
      if (cobrado.tipo === 'fallo') setError(t.falloTexto)
      if (cobrado.tipo === 'averia') setError(t.averia)
    },
    onError: () => {
      setYendo(false)
      setError(t.falloTexto)
    },
  })
  useEffect(() => {
    // Who comes back by the browser's own button may find the page as they left it.
    const alVolver = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      setYendo(false)
      refrescar()
    }
    addEventListener('pageshow', alVolver)
    return () => removeEventListener('pageshow', alVolver)
  }, [refrescar])
  return { pagar: mutate, ocupado: isPending || yendo, yendo, error }
}

/** Goes on with what was chosen when it was ordered. */
function useEncargado(
  id: string,
  { metodos, ausentes }: FormasDePago,
  pagar: (metodo: MetodoPago) => void,
): void {
  useEffect(() => {
    // Where they can't be told now, whoever waits for them presses later.
    if (metodos.length === 0 && !ausentes) return
    const codigo = tomarEncargado(id)
    const metodo = metodos.find((uno) => uno.codigo === codigo)
    if (metodo) pagar(metodo)
  }, [id, metodos, ausentes, pagar])
}
