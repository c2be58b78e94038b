import type { Pedido } from '@encargo/client'
import { useQueries } from '@tanstack/react-query'
import { opcionesPedido } from '../datos/pedidos.ts'
import { LoPedido } from '../marco/lo-pedido.tsx'
import { EnCamino } from '../sesion/con-sesion.tsx'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { type Documento, type Papel, papeles } from './datos.ts'
import { Hoja } from './hoja.tsx'
import { useTextosDocumentos } from './textos.ts'

interface PliegoProps {
  readonly ids: readonly string[]
  readonly documento: Documento
  readonly papel: Papel
  readonly recibido?: string | undefined
  /** Staff see what was noted with each payment. */
  readonly deCaja?: boolean
  readonly onPapel: (papel: Papel) => void
}

/** Documents of some orders, one after the other, and what they are printed on. */
export function Pliego(props: PliegoProps) {
  const { ids, documento, papel, recibido, deCaja = false, onPapel } = props
  const t = useTextosDocumentos()
  const consultas = useQueries({ queries: ids.map(opcionesPedido) })
  return (
    <>
      <div className="mb-5 flex flex-wrap items-end gap-3 print:hidden">
        <Select
          label={t.papel}
          value={papel}
          onChange={({ target }) => onPapel(papeles.find((uno) => uno === target.value) ?? papel)}
          options={papeles.map((uno) => [uno, t.papeles[uno]])}
        />
        <Button onClick={() => print()}>{t.imprimir}</Button>
      </div>
      {ids.length === 0 && <p>{t.ninguno}</p>}
      <div className="flex flex-col gap-6 print:block">
        {consultas.map((consulta, lugar) => (
          <LoPedido<Pedido>
            key={ids[lugar]}
            consulta={consulta}
            motivo={consulta.error}
            espera={<EnCamino />}
          >
            {(pedido) => <Hoja {...{ pedido, documento, papel, recibido, deCaja }} />}
          </LoPedido>
        ))}
      </div>
    </>
  )
}
