import { useFormato } from '../../textos/formato.ts'
import { Notice, type Tone } from '../../ui/badge.tsx'
import { panelLink } from '../../ui/panel.tsx'
import { type PorPagar, porqueNo, type Situacion } from './situacion.ts'
import { useTextosPago } from './textos.ts'

const tonos: Record<Exclude<Situacion['tipo'], 'nada'>, Tone> = {
  pagado: 'good',
  autorizado: 'good',
  devuelto: 'neutral',
  'en-disputa': 'warning',
  vencido: 'warning',
  cancelado: 'warning',
  'de-vuelta': 'neutral',
  'en-proceso': 'warning',
  'a-mano': 'warning',
  'a-la-entrega': 'neutral',
  rechazado: 'bad',
  abierto: 'warning',
  terminado: 'warning',
  'sin-pagar': 'warning',
  'por-elegir': 'warning',
}

type Textos = ReturnType<typeof useTextosPago>

function textoDe(t: Textos, situacion: Exclude<Situacion, { tipo: 'nada' }>): string {
  switch (situacion.tipo) {
    case 'rechazado':
      return t.porqueNo[porqueNo(situacion.porque)]
    case 'terminado':
      return situacion.causa === null ? t.terminado.texto : t.causas[situacion.causa]
    default:
      return t[situacion.tipo].texto
  }
}

/** What a title tells beside its words. */
function importesDe(situacion: Situacion, { cobrado, reembolsado }: PorPagar['pago']) {
  if (situacion.tipo === 'de-vuelta') return [situacion.importe]
  return situacion.tipo === 'pagado' ? [cobrado - reembolsado] : []
}

interface AvisoProps {
  readonly pedido: PorPagar
  readonly situacion: Exclude<Situacion, { tipo: 'nada' }>
}

/** What has become of the payment, in plain words, and what is to be done. */
export function Aviso({ pedido, situacion }: AvisoProps) {
  const t = useTextosPago()
  const { dinero, fechaYHora } = useFormato()
  const { moneda, pago } = pedido
  const texto = textoDe(t, situacion)
  const parcial = pago.saldo > 0 && pago.cobrado - pago.reembolsado > 0
  const importe = importesDe(situacion, pago).map((cuanto) => dinero(cuanto, moneda))
  return (
    <Notice tone={tonos[situacion.tipo]} title={[t[situacion.tipo].titulo, ...importe].join(': ')}>
      {texto !== '' && <p>{texto}</p>}
      {parcial && (
        <p>
          {t.recibido(dinero(pago.cobrado - pago.reembolsado, moneda), dinero(pago.saldo, moneda))}
        </p>
      )}
      {situacion.tipo === 'en-proceso' && situacion.hasta !== undefined && (
        <p>{t.hasta(fechaYHora(situacion.hasta))}</p>
      )}
      {situacion.tipo === 'en-proceso' && situacion.url !== undefined && (
        <a href={situacion.url} className={panelLink}>
          {t.verVale}
        </a>
      )}
      {(situacion.tipo === 'a-mano' || situacion.tipo === 'a-la-entrega') && (
        <AMano pedido={pedido} situacion={situacion} />
      )}
    </Notice>
  )
}

interface AManoProps {
  readonly pedido: PorPagar
  readonly situacion: Extract<Situacion, { tipo: 'a-mano' | 'a-la-entrega' }>
}

/** What who pays without any page has to know: how, how much, and what to write beside it. */
function AMano({ pedido: { numero, moneda, pago, expiraEn }, situacion }: AManoProps) {
  const t = useTextosPago()
  const { dinero, fechaYHora } = useFormato()
  const { tipo, metodo } = situacion
  return (
    <>
      <p className="font-medium">{metodo.nombre}</p>
      {metodo.instrucciones !== undefined && (
        <p className="whitespace-pre-line break-words">{metodo.instrucciones}</p>
      )}
      <p className="mt-2">
        <span>{t.importe}</span>{' '}
        <span className="cifra font-semibold">{dinero(pago.saldo, moneda)}</span>
      </p>
      {tipo === 'a-mano' && (
        <p>
          <span>{t.ponReferencia}</span>{' '}
          <span className="font-semibold select-all">{t.referencia(numero)}</span>
        </p>
      )}
      {tipo === 'a-mano' && expiraEn !== null && <p>{t.hasta(fechaYHora(expiraEn))}</p>}
    </>
  )
}
