import type { Cesta } from '../../cesta/cesta.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ComoSePaga } from '../pedidos/como-se-paga.tsx'
import { cestaPosible, type Resultado, totalVisto } from './comprar.ts'
import { faltasDe } from './cotizacion.ts'
import { Contratiempo } from './contratiempo.tsx'
import { seVaAPagar } from '../pago/metodos.ts'
import { useTextosPago } from '../pago/textos.ts'
import type { Oferta } from './oferta.ts'
import type { PagoElegido } from './pago-elegido.ts'
import { Resumen } from './resumen.tsx'

interface LadoProps {
  readonly cesta: Cesta
  readonly oferta: Oferta
  readonly pago: PagoElegido
  readonly resultado: Resultado | undefined
  readonly enviando: boolean
  /** There is another step before it is ordered. */
  readonly sigue: boolean
}

/** What it comes to, and the button that goes on. */
export function Lado({ cesta, oferta, pago, resultado, enviando, sigue }: LadoProps) {
  const t = useTextos()
  const { dinero } = useFormato()
  const { cotizacion, total, moneda, fallo } = oferta
  const posible = resultado ? cestaPosible(cesta, resultado) : cesta
  // A refusal has said it already.
  const faltas = resultado?.tipo === 'stock' ? [] : faltasDe(t, cesta, cotizacion)
  return (
    <>
      {/* What can't be had any more stands in the sum until the shopper agrees to leave it. */}
      <Resumen
        cesta={cesta}
        cotizacion={cotizacion}
        faltas={faltas}
        total={total + totalVisto(cesta) - totalVisto(posible)}
        corto={sigue}
      />
      {fallo !== null && (
        <Notice tone="warning" title={t.compra.sinTotal}>
          <p className="mb-2">{textoDeFallo(t, fallo)}</p>
          <Button look="secondary" size="small" onClick={oferta.reintentar}>
            {t.reintentar}
          </Button>
        </Notice>
      )}
      {!sigue && total > 0 && !pago.metodo && !pago.formas.enCamino && <ComoSePaga />}
      <Boton
        {...{ cesta, oferta, pago, resultado, enviando, sigue }}
        pagar={dinero(total, moneda)}
      />
    </>
  )
}

function Boton(props: LadoProps & { readonly pagar: string }) {
  const { cesta, oferta, pago, resultado, enviando, sigue, pagar } = props
  const t = useTextos()
  const tPago = useTextosPago()
  const espera = enviando || oferta.enCamino || pago.formas.enCamino
  const fuera = pago.metodo !== undefined && seVaAPagar(pago.metodo)
  if (sigue) {
    return (
      <Button type="submit" size="large" busy={enviando}>
        {t.compra.continuar}
      </Button>
    )
  }
  if (oferta.fallo !== null) return null
  if (resultado) {
    const ademas = oferta.total - totalVisto(cestaPosible(cesta, resultado))
    return <Contratiempo {...{ resultado, cesta, ademas }} enviando={enviando || oferta.enCamino} />
  }
  return (
    <>
      <Button type="submit" size="large" busy={espera}>
        {enviando ? t.compra.enviando : (fuera ? tPago.pedirYPagar : t.compra.pagar)(pagar)}
      </Button>
      <p className="text-suave text-sm">{t.compra.garantia}</p>
    </>
  )
}
