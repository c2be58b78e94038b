import { useState } from 'react'
import type { Filtros } from '../../datos/filtros.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { unidadMayor } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import type { Cambiar } from './catalogo-page.tsx'

interface RangoProps {
  readonly filtros: Filtros
  readonly cambiar: Cambiar
}

/** Minor units of a price typed in major ones; undefined when nothing is typed. */
function leerPrecio(datos: FormData, campo: string, unidad: number): number | undefined {
  const escrito = String(datos.get(campo) ?? '').trim()
  const importe = Math.round(Number(escrito.replace(',', '.')) * unidad)
  return escrito === '' || !Number.isSafeInteger(importe) || importe < 0 ? undefined : importe
}

export function RangoPrecio({ filtros, cambiar }: RangoProps) {
  const t = useTextos()
  const unidad = unidadMayor(useMoneda())
  const [mal, setMal] = useState(false)
  const enviar = (datos: FormData) => {
    const precioMin = leerPrecio(datos, 'precioMin', unidad)
    const precioMax = leerPrecio(datos, 'precioMax', unidad)
    const cruzado = precioMin !== undefined && precioMax !== undefined && precioMin > precioMax
    setMal(cruzado)
    if (!cruzado) cambiar({ precioMin, precioMax })
  }
  const escrito = (importe: number | undefined) => (importe === undefined ? '' : importe / unidad)
  const campo = { type: 'number', min: 0, step: 1 / unidad, inputMode: 'decimal' } as const
  return (
    <form
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
          <Field
            label={t.catalogo.desde}
            name="precioMin"
            defaultValue={escrito(filtros.precioMin)}
            error={mal ? t.catalogo.rangoMal : undefined}
            {...campo}
          />
          <Field
            label={t.catalogo.hasta}
            name="precioMax"
            defaultValue={escrito(filtros.precioMax)}
            {...campo}
          />
        </div>
        <Button type="submit" look="secondary" size="small" className="mt-3 w-full">
          {t.catalogo.aplicar}
        </Button>
      </fieldset>
    </form>
  )
}
