import { useQueryClient } from '@tanstack/react-query'
import type { Pedido } from '@encargo/client'
import { useState } from 'react'
import { Campo, CampoLargo } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerImporte } from '../../formularios/importe.ts'
import { useIntento } from '../../formularios/intento.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Select } from '../../ui/field.tsx'
import { Acto } from './acto.tsx'
import { abonable, trasAbonar } from './cuentas.ts'
import { abonarPedido, mostrarPedido } from './datos.ts'
import { useTextosPago } from './textos.ts'

/** Lowers what an order costs, for a reason; what was paid too much goes back. */
export function Abonar({ pedido }: { readonly pedido: Pedido }) {
  const t = useTextosPago()
  const { region } = useLengua()
  const { dinero } = useFormato()
  const consultas = useQueryClient()
  const intento = useIntento()
  const [escrito, setEscrito] = useState('')
  const [causa, setCausa] = useState<'cortesia' | 'contracargo'>('cortesia')
  const { id, moneda, pago } = pedido
  const conCausa = pago.enDisputa > 0
  const leido = leerImporte(escrito, region, moneda)
  return (
    <Acto
      boton={t.abonar}
      titulo={t.abonarTitulo}
      texto={t.abonarTexto}
      si={t.abonarSi}
      hacer={async (datos) => {
        const importe = leerImporte(campoDe(datos, 'importe'), region, moneda)
        if (importe === undefined || importe === 0) throw new ErrorDeCampo('importe', t.importeMal)
        if (importe > abonable(pago)) {
          throw new ErrorDeCampo('importe', t.demasiado(dinero(abonable(pago), moneda)))
        }
        const abono = { importe, causa, motivo: campoDe(datos, 'motivo') }
        const hecho = await intento.hacer(abono, (clave) => abonarPedido(id, abono, clave))
        mostrarPedido(consultas, hecho)
        setEscrito('')
        return t.abonado
      }}
    >
      {conCausa && (
        <Select
          label={t.causa}
          name="causa"
          value={causa}
          onChange={({ target }) =>
            setCausa(target.value === 'contracargo' ? 'contracargo' : 'cortesia')
          }
          options={[
            ['cortesia', t.causasAbono.cortesia],
            ['contracargo', t.causasAbono.contracargo],
          ]}
        />
      )}
      <Campo
        label={t.importe}
        name="importe"
        required
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        value={escrito}
        onChange={({ target }) => setEscrito(target.value)}
      />
      {/* Always there, so that what it comes to is read out. */}
      <p role="status" className="empty:hidden">
        {leido !== undefined && leido > 0 && causa === 'cortesia' && (
          <Resulta {...{ pedido, importe: leido }} />
        )}
      </p>
      <CampoLargo label={t.motivo} name="motivo" required maxLength={motivoMaximo} />
    </Acto>
  )
}

/** What a credit comes to, before it is made. */
function Resulta({ pedido, importe }: { readonly pedido: Pedido; readonly importe: number }) {
  const t = useTextosPago()
  const { dinero } = useFormato()
  const { pago, moneda } = pedido
  if (importe > abonable(pago)) return t.demasiado(dinero(abonable(pago), moneda))
  const { exigible, vuelve } = trasAbonar(pago, importe)
  const queda = t.quedaria(dinero(exigible, moneda))
  return `${queda} ${vuelve > 0 ? t.volveria(dinero(vuelve, moneda)) : t.nadaVuelve}`
}
