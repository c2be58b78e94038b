import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemaDe, valeReintentar } from '../../api.ts'
import { CampoEntero, leerEntero } from '../../formularios/campo-entero.tsx'
import { Campo, CampoOpciones, Formulario } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, useFormulario } from '../../formularios/formulario.ts'
import { useIntento } from '../../formularios/intento.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useFormato } from '../../textos/formato.ts'
import { toast } from '../../ui/toast.tsx'
import {
  cambiarExistencia,
  type Existencia,
  hayDe,
  recordarExistencia,
  useUltimoVisto,
} from './datos.ts'
import { esTipo, type Tipo, tipos, variacionDe } from './movimiento.ts'
import { useTextosExistencias } from './textos.ts'

/** Books goods that come or go, and counts. Pressed twice, or again after a lost answer, it books once. */
export function Mover({ existencia }: { readonly existencia: Existencia }) {
  const { mover: t } = useTextosExistencias()
  const { numero } = useFormato()
  const consultas = useQueryClient()
  const intento = useIntento()
  const explicar = useExplicacion(existencia)
  const [tipo, setTipo] = useState<Tipo>('ENTRADA')
  const [cantidad, setCantidad] = useState('')
  const [motivo, setMotivo] = useState('')
  const { productoId } = existencia
  const enElLibro = useUltimoVisto(productoId)
  // A count is of what was there when it was typed, also when it is sent again.
  const [visto, setVisto] = useState<typeof enElLibro>()
  const formulario = useFormulario({
    async enviar(datos) {
      const unidades = leerEntero(campoDe(datos, 'cantidad')) ?? 0
      if (unidades === 0 && tipo !== 'AJUSTE') throw new ErrorDeCampo('cantidad', t.alMenosUna)
      const razon = campoDe(datos, 'motivo')
      const movido = { tipo, cantidad: unidades, ...(razon === '' ? {} : { motivo: razon }) }
      const cambio = tipo === 'AJUSTE' ? { ...movido, ...(visto ?? enElLibro) } : movido
      setVisto((antes) => antes ?? enElLibro)
      const nueva = await cambiarExistencia(intento, productoId, cambio)
      recordarExistencia(consultas, nueva)
      setVisto(undefined)
      setCantidad('')
      setMotivo('')
      toast(t.hecho(numero(hayDe(nueva))))
    },
    explicar(error) {
      // What is shown here was not what is there.
      void consultas.invalidateQueries({ queryKey: ['existencias'] })
      if (problemaDe(error)?.codigo === 'version-distinta') setVisto(undefined)
      return explicar(error)
    },
  })
  return (
    <section aria-labelledby="mover" className="carta flex flex-col gap-4 p-5 sm:p-6">
      <h2 id="mover" className="text-xl font-semibold">
        {t.titulo}
      </h2>
      <Formulario de={formulario} boton={t.boton}>
        <CampoOpciones
          legend={t.tipo}
          name="tipo"
          defaultValue={tipo}
          className="sm:grid-cols-3"
          opciones={tipos.map((uno) => ({
            valor: uno,
            texto: t.tipos[uno],
            detalle: t.detalles[uno],
          }))}
          onChange={(elegido) => esTipo(elegido) && setTipo(elegido)}
        />
        <div className="grid items-start gap-4 sm:grid-cols-[10rem_1fr]">
          <CampoEntero
            label={t.cantidad[tipo]}
            name="cantidad"
            value={cantidad}
            onChange={({ target }) => {
              setCantidad(target.value)
              setVisto((antes) => antes ?? enElLibro)
            }}
          />
          <Campo
            label={t.motivo}
            name="motivo"
            autoComplete="off"
            maxLength={motivoMaximo}
            placeholder={t.motivoEjemplo}
            value={motivo}
            onChange={({ target }) => setMotivo(target.value)}
          />
        </div>
        <Resultado existencia={existencia} tipo={tipo} cantidad={leerEntero(cantidad)} />
      </Formulario>
    </section>
  )
}

/** Why a movement was refused, in words. */
function useExplicacion({ reservado }: Existencia) {
  const { mover: t } = useTextosExistencias()
  const { numero } = useFormato()
  return (error: unknown) => {
    const problema = problemaDe(error)
    if (problema?.codigo === 'stock-insuficiente') {
      const libres = problema.faltantes[0]?.disponible ?? 0
      const decir = reservado === 0 ? t.noHayTantas : t.noHayLibres
      return { campo: 'cantidad', mensaje: decir(numero(libres)) }
    }
    if (problema?.codigo === 'version-distinta') return { mensaje: t.seMovio }
    return valeReintentar(error) ? { mensaje: t.incierto } : undefined
  }
}

interface ResultadoProps {
  readonly existencia: Existencia
  readonly tipo: Tipo
  readonly cantidad: number | undefined
}

/** What will be there then, so that a slip shows before it is booked. */
function Resultado({ existencia, tipo, cantidad }: ResultadoProps) {
  const { mover: t } = useTextosExistencias()
  const { numero } = useFormato()
  const variacion = cantidad === undefined ? undefined : variacionDe(existencia, tipo, cantidad)
  const quedan = hayDe(existencia) + (variacion ?? 0)
  const contado = variacion !== undefined && tipo === 'AJUSTE'
  const faltaran = contado ? existencia.reservado - quedan : 0
  return (
    <p role="status" className="text-suave empty:-mt-4">
      {variacion !== undefined && quedan >= 0 && (
        <span>{t.quedaran(numero(quedan), `${variacion > 0 ? '+' : ''}${numero(variacion)}`)}</span>
      )}
      {faltaran > 0 && <span> {t.faltaran(numero(existencia.reservado), numero(faltaran))}</span>}
    </p>
  )
}
