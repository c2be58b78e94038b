import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { NuevoPedido } from '@encargo/client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { Campo, CampoLargo, ErrorGeneral, FormularioLibre } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, useFormulario } from '../../formularios/formulario.ts'
import { notasMaximo } from '../../formularios/limites.ts'
import {
  cestaPosible,
  pedirCompra,
  type Resultado,
  totalVisto,
} from '../../pages/compra/comprar.ts'
import { Contratiempo } from '../../pages/compra/contratiempo.tsx'
import {
  avisoDeCupon,
  faltasDe,
  textoDeCupon,
  textoDeSinCupon,
  useCotizacion,
} from '../../pages/compra/cotizacion.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import type { Textos } from '../../textos/tipo.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { aMano, opcionesMetodosPago } from '../cobros/datos.ts'
import { Totales } from '../pedidos/totales.tsx'
import { opcionesUsuario } from '../datos/usuarios.ts'
import { type TextosVenta, useTextosVenta } from '../textos/venta.ts'
import { ClienteVenta } from './cliente-venta.tsx'
import { anotarPartes, porAnotar } from './anotar.ts'
import { Factura, leerFactura, useGuardadas } from './factura.tsx'
import { FormaDePago } from './forma-de-pago.tsx'
import type { VentaHecha } from './hecha.tsx'
import { contactoDe, ventaDe } from './mostrador.ts'
import {
  alTotal,
  esEfectivo,
  leerPartes,
  metodoDe,
  nuevaParte,
  type ParteEscrita,
} from './partes.ts'

interface CobroProps {
  /** Which sale this is: sent again, it is the same one. */
  readonly nombre: string
  readonly cuenta: Cesta
  readonly onChange: (cuenta: Cesta) => void
  /** Without a sale: it was given up. */
  readonly alAcabar: (hecha?: VentaHecha) => void
}

/** What is being asked for as a sale, as far as it is said in the form. */
function useVenta({ nombre, cuenta, onChange, alAcabar }: CobroProps) {
  const t = useTextosVenta()
  const { textos, region } = useLengua()
  const moneda = useMoneda()
  const consultas = useQueryClient()
  const [clienteId, setClienteId] = useState<string>()
  const [cupon, setCupon] = useState('')
  const [resultado, setResultado] = useState<Resultado>()
  const pago = useFormaDePago()
  const guardadas = useGuardadas(clienteId)
  const lineas = cuenta.map(({ productoId, cantidad }) => ({ productoId, cantidad }))
  const consulta = useCotizacion({
    lineas,
    canal: 'mostrador',
    ...(clienteId === undefined ? {} : { clienteId }),
    ...(cupon === '' ? {} : { cupon }),
  })
  const cotizacion = cuenta.length > 0 ? consulta.data : undefined
  const total = cotizacion?.total ?? totalVisto(cuenta)
  const dicho = consulta.isPlaceholderData || consulta.isFetching ? undefined : cotizacion?.total

  /** What was asked for and may have been sold. */
  const abierta = useRef<{ readonly huella: string; readonly pedido: NuevoPedido }>(undefined)

  /** Nobody waits at the counter for who would write mails: without an answer there is no mail. */
  const contactoConocido = async (id: string) => {
    try {
      return contactoDe(await consultas.fetchQuery({ ...opcionesUsuario(id), retry: 0 }))
    } catch {
      return undefined
    }
  }

  const refrescar = () => {
    for (const area of [
      'pedidos',
      'pagos',
      'resumen',
      'existencias',
      'disponibles',
      'cotizacion',
    ]) {
      void consultas.invalidateQueries({ queryKey: [area] })
    }
  }
  const formulario = useFormulario({
    async enviar(datos) {
      const partes = leerPartes(pago.escritas, total, { region, moneda, textos: t })
      // A second press, after the shop said what has changed, agrees with it.
      const acordada = resultado ? cestaPosible(cuenta, resultado) : cuenta
      const escrito = campoDe(datos, 'cupon').toUpperCase()
      const dichos = {
        clienteId,
        notas: campoDe(datos, 'notas'),
        cupon: escrito,
        facturacion: leerFactura(datos, guardadas, textos),
        metodoPago: metodoDe(partes, pago.metodos, total),
      }
      const huella = JSON.stringify([acordada, dichos])
      // Not known to have arrived, it is asked for word by word again: what was found out since, a total
      // say, would make it another sale.
      const pedido =
        abierta.current?.huella === huella
          ? abierta.current.pedido
          : ventaDe(acordada, {
              ...dichos,
              contacto: clienteId === undefined ? undefined : await contactoConocido(clienteId),
              totalEsperado: acordada === cuenta && escrito === cupon ? dicho : undefined,
            })
      abierta.current = { huella, pedido }
      onChange(acordada)
      setResultado(undefined)
      const nuevo = await pedirCompra(acordada, pedido, `venta:${nombre}`)
      if (nuevo.tipo !== 'incierto') abierta.current = undefined
      refrescar()
      if (nuevo.tipo === 'cupon') {
        throw new ErrorDeCampo('cupon', textoDeSinCupon(deCaja(textos, t), nuevo.problema))
      }
      if (nuevo.tipo !== 'hecho') return setResultado(nuevo)
      const suyas = porAnotar(alTotal(partes, nuevo.pedido.pago.saldo))
      const anotadas = await anotarPartes(nuevo.pedido, suyas)
      alAcabar({ pedido: nuevo.pedido, recibido: partes[0]?.recibido, ...anotadas })
      refrescar()
    },
  })
  const cliente = { id: clienteId, onChange: setClienteId }
  const cuanto = { cotizacion, total, moneda }
  return { formulario, resultado, cliente, guardadas, cupon, setCupon, pago, ...cuanto }
}

/** How it is paid, as it is typed; by cash to begin with, where the shop writes money down. */
function useFormaDePago() {
  const { data, isError } = useQuery(opcionesMetodosPago())
  const metodos = data ? aMano(data) : []
  const primero = metodos.find(({ codigo }) => esEfectivo(codigo)) ?? metodos[0]
  const [puestas, setPuestas] = useState<readonly ParteEscrita[]>()
  const escritas = puestas ?? [nuevaParte(0, primero?.codigo ?? '')]
  return { metodos, escritas, onChange: setPuestas, ausentes: data === undefined && isError }
}

/** For whom, for how much, and done. */
export function Cobro(props: CobroProps) {
  const { cuenta, alAcabar } = props
  const t = useTextosVenta()
  const { textos } = useLengua()
  const { dinero } = useFormato()
  const venta = useVenta(props)
  const { formulario, resultado, cliente, guardadas, cotizacion, total, moneda, pago } = venta
  const caja = useVenderConTeclas()
  const { enviando } = formulario
  // A refusal has said it already.
  const faltas = resultado?.tipo === 'stock' ? [] : faltasDe(textos, cuenta, cotizacion)
  return (
    <Panel title={t.cobro} className="xl:sticky xl:top-20">
      <div ref={caja}>
        <FormularioLibre de={formulario} className="flex flex-col gap-4">
          <ClienteVenta {...cliente} />
          <Factura key={cliente.id} guardadas={guardadas} />
          <CampoCupon {...venta} />
          <CampoLargo label={t.notas} name="notas" rows={1} maxLength={notasMaximo} />
          {cotizacion && <Totales cuenta={cotizacion} />}
          {cuenta.length > 0 && <FormaDePago {...{ ...pago, total, moneda }} />}
          {faltas.map((falta) => (
            <Notice key={falta} tone="warning">
              {falta}
            </Notice>
          ))}
          <ErrorGeneral />
          {resultado && <Contratiempo enMostrador {...{ resultado, enviando }} cesta={cuenta} />}
          {!resultado && cuenta.length > 0 && (
            <Button type="submit" size="large" busy={enviando} title={t.conTeclas}>
              {enviando ? textos.compra.enviando : t.vender(dinero(total, moneda))}
            </Button>
          )}
          {cuenta.length > 0 && (
            <Button look="quiet" onClick={() => alAcabar()}>
              {t.vaciar}
            </Button>
          )}
        </FormularioLibre>
      </div>
    </Panel>
  )
}

/** Ctrl and Enter sell, wherever on the page one is; answers where the form has to be. */
function useVenderConTeclas() {
  const caja = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const alPulsar = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      if (document.querySelector('[role=dialog]')) return
      event.preventDefault()
      // Pressed rather than sent: a button that is not there can't be.
      caja.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.click()
    }
    addEventListener('keydown', alPulsar)
    return () => removeEventListener('keydown', alPulsar)
  }, [])
  return caja
}

/** Said to who sells, not to who buys. */
const deCaja = ({ problemas, compra }: Textos, { porqueCupon }: TextosVenta) => ({
  problemas,
  compra: { ...compra, porqueCupon: { ...compra.porqueCupon, ...porqueCupon } },
})

type CuponProps = Pick<ReturnType<typeof useVenta>, 'cupon' | 'setCupon' | 'cotizacion'>

/** A code that takes something off; it counts once the field is left, or Enter is pressed. */
function CampoCupon({ cupon, setCupon, cotizacion }: CuponProps) {
  const t = useTextosVenta()
  const { textos } = useLengua()
  const aviso = cupon === '' ? undefined : avisoDeCupon(cotizacion)
  const error = aviso && textoDeCupon(deCaja(textos, t), aviso)
  const usar = (escrito: string) => setCupon(escrito.trim().toUpperCase())
  return (
    <Campo
      label={t.cupon}
      name="cupon"
      autoComplete="off"
      spellCheck={false}
      maxLength={40}
      className="[&_input]:uppercase"
      {...(error === undefined ? {} : { error })}
      onBlur={({ currentTarget }) => usar(currentTarget.value)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        usar(event.currentTarget.value)
      }}
    />
  )
}
