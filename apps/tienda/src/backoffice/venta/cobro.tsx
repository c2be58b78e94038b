import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Pedido } from '@encargo/client'
import { useState } from 'react'
import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { CampoLargo, ErrorGeneral, FormularioLibre } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { notasMaximo } from '../../formularios/limites.ts'
import {
  cestaPosible,
  lineasDe,
  pedirCompra,
  type Resultado,
  totalVisto,
} from '../../pages/compra/comprar.ts'
import { Contratiempo } from '../../pages/compra/contratiempo.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { ElegirCliente } from '../pedidos/elegir-cliente.tsx'
import { useTextosVenta } from '../textos/venta.ts'
import { Panel } from '../../ui/panel.tsx'

interface CobroProps {
  /** Which sale this is: sent again, it is the same one. */
  readonly nombre: string
  readonly cuenta: Cesta
  readonly onChange: (cuenta: Cesta) => void
  readonly alAcabar: () => void
}

/** For whom, for how much, and done. */
export function Cobro({ nombre, cuenta, onChange, alAcabar }: CobroProps) {
  const t = useTextosVenta()
  const { compra } = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const contar = useContarVenta()
  const [clienteId, setClienteId] = useState<string>()
  const [resultado, setResultado] = useState<Resultado>()
  const formulario = useFormulario({
    async enviar(datos) {
      // A second press, after the shop said what has changed, agrees with it.
      const acordada = resultado ? cestaPosible(cuenta, resultado) : cuenta
      onChange(acordada)
      setResultado(undefined)
      const notas = campoDe(datos, 'notas')
      const pedido = {
        lineas: lineasDe(acordada),
        completar: true,
        ...(clienteId === undefined ? {} : { clienteId }),
        ...(notas === '' ? {} : { notas }),
      }
      const nuevo = await pedirCompra(acordada, pedido, `venta:${nombre}`)
      if (nuevo.tipo !== 'hecho') return setResultado(nuevo)
      contar(nuevo.pedido)
      alAcabar()
    },
  })
  const { enviando } = formulario
  return (
    <Panel title={t.cobro} className="xl:sticky xl:top-20">
      <FormularioLibre de={formulario} className="flex flex-col gap-4">
        <div>
          <ElegirCliente
            className="w-full"
            id={clienteId}
            onChange={(id) => setClienteId(id === '' ? undefined : id)}
          />
          {clienteId === undefined && <p className="text-suave mt-1.5 text-sm">{t.sinCliente}</p>}
        </div>
        <CampoLargo label={t.notas} name="notas" rows={2} maxLength={notasMaximo} />
        <ErrorGeneral />
        {resultado && <Contratiempo enMostrador {...{ resultado, enviando }} cesta={cuenta} />}
        {!resultado && cuenta.length > 0 && (
          <Button type="submit" size="large" busy={enviando}>
            {enviando ? compra.enviando : t.vender(dinero(totalVisto(cuenta), moneda))}
          </Button>
        )}
        {cuenta.length > 0 && (
          <Button look="quiet" onClick={alAcabar}>
            {t.vaciar}
          </Button>
        )}
      </FormularioLibre>
    </Panel>
  )
}

/** Says what became of a sale, with the way to it. */
function useContarVenta() {
  const t = useTextosVenta()
  const { dinero } = useFormato()
  const consultas = useQueryClient()
  return ({ id, numero, estado, total, moneda }: Pedido) => {
    const action = (
      <Link
        to="/gestion/pedidos/$id"
        params={{ id }}
        className="min-h-11 shrink-0 content-center font-semibold underline underline-offset-4"
      >
        {t.ver}
      </Link>
    )
    if (estado === 'Completado') toast(t.vendido(numero, dinero(total, moneda)), { action })
    else toast(t.pendiente(numero), { tone: 'bad', action })
    for (const area of ['pedidos', 'resumen', 'existencias', 'disponibles']) {
      void consultas.invalidateQueries({ queryKey: [area] })
    }
  }
}
