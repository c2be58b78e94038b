import { Campo, CampoLista } from '../../formularios/campos.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { MetodoPago } from '../cobros/datos.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { Efectivo } from './efectivo.tsx'
import { campoParte, esEfectivo, importesDe, nuevaParte, type ParteEscrita } from './partes.ts'

interface FormaDePagoProps {
  /** Those whose money people write down; none: only the change is worked out. */
  readonly metodos: readonly MetodoPago[]
  /** Nobody can tell now which there are. */
  readonly ausentes: boolean
  readonly escritas: readonly ParteEscrita[]
  readonly onChange: (escritas: readonly ParteEscrita[]) => void
  readonly total: number
  readonly moneda: string
}

/** More than anybody pays with at once. */
const maxPartes = 4

/** How a sale is paid, in one part or several. */
export function FormaDePago(props: FormaDePagoProps) {
  const { metodos, ausentes, escritas, onChange, total, moneda } = props
  const t = useTextosVenta()
  const { region } = useLengua()
  const importes = importesDe(escritas, total, { region, moneda })
  const cambiar = (clave: number, cambio: Partial<ParteEscrita>) =>
    onChange(escritas.map((una) => (una.clave === clave ? { ...una, ...cambio } : una)))
  const ultima = escritas.at(-1)
  const sinAnotar = ultima?.metodo === ''
  const otro = metodos.find(({ codigo }) => codigo !== ultima?.metodo) ?? metodos[0]
  return (
    <div className="flex flex-col gap-4">
      {ausentes && <Notice tone="warning">{t.sinServicioPagos}</Notice>}
      {escritas.map((escrita, lugar) => (
        <UnaParte
          key={escrita.clave}
          {...{ metodos, escrita, lugar, moneda }}
          deVarias={escritas.length > 1}
          importe={importes[lugar]}
          esUltima={lugar === escritas.length - 1}
          onChange={(cambio) => cambiar(escrita.clave, cambio)}
        />
      ))}
      {otro && !sinAnotar && (
        <div className="flex flex-wrap gap-2">
          {escritas.length < maxPartes && (
            <Button
              look="quiet"
              size="small"
              onClick={() =>
                onChange([...escritas, nuevaParte((ultima?.clave ?? 0) + 1, otro.codigo)])
              }
            >
              {t.dividir}
            </Button>
          )}
          {escritas.length > 1 && (
            <Button look="quiet" size="small" onClick={() => onChange(escritas.slice(0, -1))}>
              {t.quitarParte}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

interface UnaParteProps extends Pick<FormaDePagoProps, 'metodos' | 'moneda'> {
  readonly escrita: ParteEscrita
  readonly lugar: number
  readonly deVarias: boolean
  readonly esUltima: boolean
  /** What it comes to; undefined for what is no amount yet. */
  readonly importe: number | undefined
  readonly onChange: (cambio: Partial<ParteEscrita>) => void
}

function UnaParte(props: UnaParteProps) {
  const { metodos, moneda, escrita, lugar, deVarias, esUltima, importe, onChange } = props
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const { metodo, recibido, referencia } = escrita
  const campos = (
    <>
      {metodos.length > 0 && (
        <CampoLista
          label={deVarias ? t.formaDe(lugar + 1) : t.forma}
          name={campoParte('metodo', lugar)}
          required
          value={metodo}
          onChange={({ target }) => onChange({ metodo: target.value })}
          options={[
            ...metodos.map(({ codigo, nombre }) => [codigo, nombre] as const),
            ...(deVarias ? [] : [['', t.sinAnotar] as const]),
          ]}
        />
      )}
      {!esUltima && (
        <Campo
          label={t.importe}
          name={campoParte('importe', lugar)}
          required
          inputMode="decimal"
          autoComplete="off"
          value={escrita.importe}
          onChange={({ target }) => onChange({ importe: target.value })}
        />
      )}
      {deVarias && esUltima && (
        <p role="status" className="flex items-baseline justify-between gap-4">
          <span>{t.resto}</span>
          <span className="cifra font-semibold">{dinero(Math.max(0, importe ?? 0), moneda)}</span>
        </p>
      )}
      {metodo === '' || esEfectivo(metodo) ? (
        <Efectivo
          name={campoParte('recibido', lugar)}
          escrito={recibido}
          onChange={(escrito) => onChange({ recibido: escrito })}
          total={Math.max(0, importe ?? 0)}
          moneda={moneda}
        />
      ) : (
        <Campo
          label={t.referencia}
          name={campoParte('referencia', lugar)}
          autoComplete="off"
          maxLength={150}
          value={referencia}
          onChange={({ target }) => onChange({ referencia: target.value })}
        />
      )}
    </>
  )
  if (!deVarias) return campos
  return (
    <div
      role="group"
      aria-label={t.formaDe(lugar + 1)}
      className="border-linea flex flex-col gap-3 border-l-2 pl-3"
    >
      {campos}
    </div>
  )
}
