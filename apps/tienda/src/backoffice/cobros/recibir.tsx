import type { Pedido } from '@encargo/client'
import { useZona } from '../../cara/zona.ts'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import { Campo, Casilla } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerImporte } from '../../formularios/importe.ts'
import { useIntento } from '../../formularios/intento.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Select } from '../../ui/field.tsx'
import { diaDe } from '../datos/dias.ts'
import { Acto } from './acto.tsx'
import { recibidoEl } from './cuentas.ts'
import { anotarRecibido, cobrarAMano, type Cobro, type MetodoPago, type Recibido } from './datos.ts'
import { useTextosPago } from './textos.ts'

/** Reads what was received. It throws ErrorDeCampo for what is no amount or no day. */
function useLector(moneda: string) {
  const t = useTextosPago()
  const zona = useZona()
  const { region } = useLengua()
  return (datos: FormData): Recibido => {
    const importe = leerImporte(campoDe(datos, 'importe'), region, moneda)
    if (importe === undefined || importe === 0) throw new ErrorDeCampo('importe', t.importeMal)
    const dia = campoDe(datos, 'recibidoEn')
    const ahora = Date.now()
    const recibidoEn = recibidoEl(dia, zona, ahora)
    const hoy = diaDe(zona, ahora, 0)
    if (dia !== '' && dia !== hoy && (recibidoEn === undefined || dia > hoy)) {
      throw new ErrorDeCampo('recibidoEn', t.fechaMal)
    }
    return { importe, referencia: campoDe(datos, 'referencia'), recibidoEn }
  }
}

interface CamposProps {
  readonly importe: number
  readonly moneda: string
  /** Whether money can't be told apart without its reference. */
  readonly conReferencia: boolean
}

function Campos({ importe, moneda, conReferencia }: CamposProps) {
  const t = useTextosPago()
  const hoy = diaDe(useZona(), Date.now(), 0)
  return (
    <>
      <CampoPrecio label={t.importe} name="importe" required moneda={moneda} inicial={importe} />
      <Campo
        label={t.referencia}
        hint={t.referenciaPista}
        name="referencia"
        required={conReferencia}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <Campo label={t.fecha} name="recibidoEn" type="date" required max={hoy} defaultValue={hoy} />
    </>
  )
}

interface RecibirProps {
  readonly pedido: Pedido
  readonly metodos: readonly MetodoPago[]
}

/** Money that came for an order by a method by hand. */
export function Recibir({ pedido: { id, pago, moneda }, metodos }: RecibirProps) {
  const t = useTextosPago()
  const leer = useLector(moneda)
  const intento = useIntento()
  const suyo = metodos.find(({ codigo }) => codigo === pago.metodo) ?? metodos[0]
  return (
    <Acto
      boton={t.recibir}
      look="primary"
      titulo={t.recibirTitulo}
      texto={t.recibirTexto}
      si={t.recibirSi}
      hacer={async (datos) => {
        const recibido = leer(datos)
        const metodo = campoDe(datos, 'metodo')
        await intento.hacer([metodo, recibido], (clave) => cobrarAMano(id, metodo, recibido, clave))
        return t.recibido
      }}
    >
      <Select
        label={t.metodo}
        name="metodo"
        defaultValue={suyo?.codigo ?? ''}
        options={metodos.map(({ codigo, nombre }) => [codigo, nombre])}
      />
      <Campos importe={pago.saldo} moneda={moneda} conReferencia={false} />
    </Acto>
  )
}

interface RecibirEsteProps {
  readonly cobro: Cobro
  readonly nombre: string
}

/** Money that came for a charge which waits for it: a transfer that the bank shows. */
export function RecibirEste({ cobro, nombre }: RecibirEsteProps) {
  const t = useTextosPago()
  const { id, importe, cobrado, moneda } = cobro
  const leer = useLector(moneda)
  const intento = useIntento()
  return (
    <Acto
      boton={t.recibirEste}
      nombre={t.recibirDe(nombre)}
      size="small"
      titulo={t.recibirTitulo}
      si={t.recibirSi}
      hacer={async (datos) => {
        const recibido = leer(datos)
        const exceso = datos.has('exceso')
        await intento.hacer([recibido, exceso], (clave) =>
          anotarRecibido(id, recibido, exceso, clave),
        )
        return t.recibido
      }}
    >
      <Campos importe={Math.max(0, importe - cobrado)} moneda={moneda} conReferencia />
      <Casilla name="exceso" texto={t.exceso} detalle={t.excesoPista} inicial={false} />
    </Acto>
  )
}
