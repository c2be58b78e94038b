import { useState } from 'react'
import type { Filtros } from '../../datos/filtros.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { importeParaEditar, leerImporte } from '../../formularios/importe.ts'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import type { Cambiar } from './catalogo-page.tsx'

interface RangoProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

const extremos = ['precioMin', 'precioMax'] as const
type Extremo = (typeof extremos)[number]

export function RangoPrecio({ filtros, cambiar }: RangoProps) {
  const t = useTextos()
  const moneda = useMoneda()
  const { region } = useLengua()
  const [errores, setErrores] = useState<{ readonly [E in Extremo]?: string }>({})
  const enviar = (datos: FormData) => {
    const mal: { [E in Extremo]?: string } = {}
    const leer = (extremo: Extremo) => {
      const escrito = campoDe(datos, extremo)
      const importe = escrito === '' ? undefined : leerImporte(escrito, region, moneda)
      // What cannot be read must not look like a filter that found everything.
      if (escrito !== '' && importe === undefined) {
        mal[extremo] = t.catalogo.precioMal(importeParaEditar(1_999, region, moneda))
      }
      return importe
    }
    const [precioMin, precioMax] = [leer('precioMin'), leer('precioMax')]
    if (precioMin !== undefined && precioMax !== undefined && precioMin > precioMax) {
      mal.precioMin = t.catalogo.rangoMal
    }
    setErrores(mal)
    if (Object.keys(mal).length === 0) cambiar({ precioMin, precioMax })
  }
  const etiquetas = { precioMin: t.catalogo.desde, precioMax: t.catalogo.hasta }
  return (
    <form
      // What an amount looks like in a field depends on the currency, which is known a little later.
      key={moneda}
      className="px-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        enviar(new FormData(event.currentTarget))
      }}
    >
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">{t.catalogo.precio}</legend>
        <div className="grid grid-cols-2 gap-2">
          {extremos.map((extremo) => (
            <CampoPrecio
              key={extremo}
              label={etiquetas[extremo]}
              name={extremo}
              moneda={moneda}
              inicial={filtros[extremo]}
              error={errores[extremo]}
              // Nobody takes a filter for something that has to be filled in.
              optional={undefined}
            />
          ))}
        </div>
        <Button type="submit" look="secondary" size="small" className="mt-3 w-full">
          {t.catalogo.aplicar}
        </Button>
      </fieldset>
    </form>
  )
}
