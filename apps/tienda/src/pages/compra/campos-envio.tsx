import { useDeferredValue, useMemo } from 'react'
import { nombreMaximo, notasMaximo, telefonoPatron } from '../../formularios/limites.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Field, Select, TextArea } from '../../ui/field.tsx'
import type { Borrador, CampoEnvio } from './borrador.ts'
import { paisesEn, soloPais } from './paises.ts'

interface CamposProps {
  readonly inicial: Borrador
  readonly errores: Readonly<Record<string, string>>
}

export function CamposEnvio({ inicial, errores }: CamposProps) {
  const { textos: t, region } = useLengua()
  // Naming, sorting and drawing two hundred countries can wait until the form is seen.
  const todos = useDeferredValue(true, false)
  const elegido = inicial.pais ?? ''
  const paises = useMemo(
    () => (todos ? paisesEn(region) : soloPais(elegido, region)),
    [todos, elegido, region],
  )
  const campo = (name: CampoEnvio) => ({
    name,
    label: name === 'notas' ? t.compra.notas : t.compra[name],
    defaultValue: inicial[name] ?? '',
    error: errores[name],
  })
  const opcional = t.opcional
  return (
    <fieldset className="carta h-fit p-6">
      <legend className="sr-only">{t.compra.envio}</legend>
      <h2 aria-hidden="true" className="mb-4 text-xl font-semibold">
        {t.compra.envio}
      </h2>
      <div className="grid gap-4 sm:grid-cols-6">
        <Field
          {...campo('nombre')}
          className="sm:col-span-6"
          autoComplete="shipping name"
          required
          maxLength={nombreMaximo}
        />
        <Field
          {...campo('calle')}
          className="sm:col-span-6"
          autoComplete="shipping street-address"
          required
          maxLength={200}
        />
        <Field
          {...campo('ciudad')}
          className="sm:col-span-3"
          autoComplete="shipping address-level2"
          required
          maxLength={100}
        />
        <Field
          {...campo('provincia')}
          className="sm:col-span-3"
          autoComplete="shipping address-level1"
          optional={opcional}
          maxLength={100}
        />
        <Field
          {...campo('codigoPostal')}
          className="sm:col-span-2"
          autoComplete="shipping postal-code"
          optional={opcional}
          maxLength={20}
        />
        <Select
          {...campo('pais')}
          className="sm:col-span-4"
          autoComplete="shipping country"
          required
          options={[['', ''], ...paises]}
        />
        <Field
          {...campo('telefono')}
          className="sm:col-span-6"
          type="tel"
          autoComplete="shipping tel"
          optional={opcional}
          pattern={telefonoPatron}
        />
        <TextArea
          {...campo('notas')}
          className="sm:col-span-6"
          placeholder={t.compra.notasEjemplo}
          optional={opcional}
          maxLength={notasMaximo}
        />
      </div>
    </fieldset>
  )
}
