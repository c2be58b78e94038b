import { newKey } from '@encargo/client'
import { useState } from 'react'
import { type Cesta, conMas } from '../../cesta/cesta.ts'
import { toast } from '../../ui/toast.tsx'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { useTextosVenta } from '../textos/venta.ts'
import { PageHead } from '../ui/page-head.tsx'
import { Cobro } from './cobro.tsx'
import { ElegirArticulo } from './elegir-articulo.tsx'
import { Hecha, type VentaHecha } from './hecha.tsx'
import { Lineas } from './lineas.tsx'

/** A sale at the counter: what is brought, for whom, sold. */
export function VentaPage() {
  const t = useTextosVenta()
  const pedidos = useTextosPedidos()
  // Each sale is an attempt of its own, also when the next customer takes the same.
  const [venta, setVenta] = useState(() => newKey())
  const [ultima, setUltima] = useState<VentaHecha>()
  const empezar = (hecha: VentaHecha | undefined) => {
    setUltima(hecha)
    setVenta(newKey())
  }
  return (
    <>
      <PageHead
        title={t.titulo}
        lead={t.explica}
        back={{ to: '/gestion/pedidos', label: pedidos.titulo }}
      />
      {ultima && (
        <Hecha hecha={ultima} onChange={setUltima} alSeguir={() => setUltima(undefined)} />
      )}
      <Venta key={venta} nombre={venta} alAcabar={(hecha) => empezar(hecha ?? ultima)} />
    </>
  )
}

interface VentaProps {
  readonly nombre: string
  readonly alAcabar: (hecha?: VentaHecha) => void
}

function Venta({ nombre, alAcabar }: VentaProps) {
  const t = useTextosVenta()
  const [cuenta, setCuenta] = useState<Cesta>([])
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <ElegirArticulo
          alElegir={(articulo) => {
            const nueva = conMas(cuenta, articulo)
            if (nueva === cuenta) toast(t.demasiadas, { tone: 'bad' })
            setCuenta(nueva)
          }}
        />
        <Lineas cuenta={cuenta} onChange={setCuenta} />
      </div>
      <Cobro {...{ nombre, cuenta, alAcabar }} onChange={setCuenta} />
    </div>
  )
}
