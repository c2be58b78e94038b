import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { campoDe } from '../../formularios/formulario.ts'
import { CampoLargo } from '../../formularios/campos.tsx'
import { useIntento } from '../../formularios/intento.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useFormato } from '../../textos/formato.ts'
import { Notice } from '../../ui/badge.tsx'
import { Select } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { Abonar } from './abonar.tsx'
import { Acto } from './acto.tsx'
import { admiteCobro, abonable, conDinero, faltaPagar, seAsegura } from './cuentas.ts'
import {
  aDistancia,
  aMano,
  asegurarPedido,
  forzarPedido,
  type MetodoPago,
  type MetodosPago,
  mostrarPedido,
  opcionesCobros,
  opcionesMetodosPago,
  pedirPago,
} from './datos.ts'
import { EstadoPago } from './estado-pago.tsx'
import { Recibir } from './recibir.tsx'
import { useTextosPago } from './textos.ts'
import { UnCobro } from './un-cobro.tsx'

/** The money of an order, in a shop that writes money down. */
export function PanelPago({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPago()
  const metodos = useQuery(opcionesMetodosPago()).data
  const { pago, apartado } = pedido
  const anotado = conDinero(pedido)
  if (!anotado && !metodos?.datos.length) return null
  return (
    <Panel title={t.titulo} aside={<EstadoPago pago={pago} />}>
      <Cifras pedido={pedido} />
      {pedido.estado === 'Pendiente' && anotado && (
        <p className={apartado === 'vencido' ? 'text-mal mt-2' : 'text-suave mt-2 text-sm'}>
          {t.apartados[apartado]}
        </p>
      )}
      {pago.cobros.length > 0 && <Cobros {...{ pedido, metodos }} />}
      {metodos && <Actos {...{ pedido, metodos }} />}
    </Panel>
  )
}

function Cifras({ pedido: { pago, moneda } }: { readonly pedido: Pedido }) {
  const t = useTextosPago()
  const { dinero } = useFormato()
  const filas = [
    [t.exigible, pago.exigible, true],
    [t.cobrado, pago.cobrado, true],
    [t.reembolsado, pago.reembolsado, pago.reembolsado > 0],
    [t.enDisputa, pago.enDisputa, pago.enDisputa > 0],
    [pago.saldo < 0 ? t.sobra : t.falta, Math.abs(pago.saldo), pago.saldo !== 0],
  ] as const
  return (
    <dl className="flex flex-col gap-1">
      {filas.map(([que, cuanto, seDice]) =>
        seDice ? (
          <div key={que} className="flex items-baseline justify-between gap-4 last:font-semibold">
            <dt>{que}</dt>
            <dd className="cifra">{dinero(cuanto, moneda)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

interface ConMetodos {
  readonly pedido: Pedido
  readonly metodos: MetodosPago | undefined
}

/** How often charges are asked for, while money is to go back and else, in milliseconds. */
const prontoMs = 2_000
const refrescoMs = 30_000

function Cobros({ pedido, metodos }: ConMetodos) {
  const t = useTextosPago()
  // What is to go back, pagos is asked for a moment later, and no event tells when it is there.
  const refetchInterval = pedido.pago.saldo < 0 ? prontoMs : refrescoMs
  const { data, error } = useQuery({ ...opcionesCobros(pedido.id), refetchInterval })
  const nombreDe = (codigo: string) =>
    metodos?.datos.find((uno) => uno.codigo === codigo)?.nombre ?? codigo
  if (!data) return error ? <Notice tone="warning">{t.noSeSabe}</Notice> : <LoadingRows rows={1} />
  return (
    <ul className="divide-linea border-linea mt-3 divide-y border-t">
      {data.map((cobro) => (
        <UnCobro key={cobro.id} cobro={cobro} metodo={nombreDe(cobro.metodo)} />
      ))}
    </ul>
  )
}

function Actos({ pedido, metodos }: { readonly pedido: Pedido; readonly metodos: MetodosPago }) {
  const t = useTextosPago()
  const consultas = useQueryClient()
  const esAdmin = useEsAdmin()
  const { id, numero, estado, pago } = pedido
  const cobrable = admiteCobro(pedido)
  const manuales = aMano(metodos)
  const remotos = aDistancia(metodos)
  return (
    <div className="mt-4 flex flex-wrap gap-2 empty:hidden print:hidden">
      {cobrable && manuales.length > 0 && <Recibir {...{ pedido, metodos: manuales }} />}
      {cobrable && remotos.length > 0 && <Pedir {...{ pedido, metodos: remotos }} />}
      {seAsegura(pedido) && (
        <Acto
          boton={t.asegurar}
          titulo={t.asegurarTitulo(numero)}
          texto={t.asegurarTexto}
          si={t.asegurar}
          hacer={async () => {
            mostrarPedido(consultas, await asegurarPedido(id))
            return t.asegurado(numero)
          }}
        />
      )}
      {estado !== 'Cancelado' && abonable(pago) > 0 && <Abonar pedido={pedido} />}
      {esAdmin && faltaPagar(pedido) && (
        <Acto
          boton={t.forzar}
          look="danger"
          titulo={t.forzarTitulo(numero)}
          texto={t.forzarTexto}
          si={t.forzarSi}
          hacer={async (datos) => {
            mostrarPedido(consultas, await forzarPedido(id, campoDe(datos, 'motivo')))
            return t.forzado(numero)
          }}
        >
          <CampoLargo label={t.motivo} name="motivo" required maxLength={motivoMaximo} autoFocus />
        </Acto>
      )}
    </div>
  )
}

interface PedirProps {
  readonly pedido: Pedido
  readonly metodos: readonly MetodoPago[]
}

/** A link by which whoever bought can pay what is due. */
function Pedir({ pedido: { id }, metodos }: PedirProps) {
  const t = useTextosPago()
  const intento = useIntento()
  return (
    <Acto
      boton={t.pedir}
      titulo={t.pedirTitulo}
      texto={t.pedirTexto}
      si={t.pedirSi}
      hacer={async (datos) => {
        const metodo = campoDe(datos, 'metodo')
        await intento.hacer(metodo, (clave) => pedirPago(id, metodo, clave))
        return t.pedido
      }}
    >
      <Select
        label={t.metodo}
        name="metodo"
        options={metodos.map(({ codigo, nombre }) => [codigo, nombre])}
        autoFocus
      />
    </Acto>
  )
}
