import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { opcionesCategorias } from '../../datos/productos.ts'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import { Campo, CampoLargo } from '../../formularios/campos.tsx'
import { ElegirClase } from '../impuestos/elegir-clase.tsx'
import { Atributos } from './atributos.tsx'
import type { Ficha } from './ficha.ts'
import { useTextosProductos } from './textos.ts'

interface CamposProps {
  readonly inicial: Partial<Ficha>
  readonly moneda: string
}

/** What staff writes of a product; its picture is put apart. */
export function CamposFicha({ inicial, moneda }: CamposProps) {
  const t = useTextosProductos()
  const categorias = useQuery(opcionesCategorias()).data ?? []
  const lista = useId()
  return (
    <>
      <Campo
        label={t.campo.nombre}
        name="nombre"
        required
        maxLength={200}
        autoComplete="off"
        defaultValue={inicial.nombre}
      />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Campo
          label={t.campo.sku}
          hint={t.skuPista}
          name="sku"
          required
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          defaultValue={inicial.sku}
        />
        <CampoPrecio
          label={t.campo.precio}
          name="precio"
          required
          moneda={moneda}
          inicial={inicial.precio}
        />
        <Campo
          label={t.campo.categoria}
          name="categoria"
          maxLength={100}
          autoComplete="off"
          list={lista}
          defaultValue={inicial.categoria ?? ''}
        />
        <datalist id={lista}>
          {categorias.map(({ nombre }) => (
            <option key={nombre} value={nombre} />
          ))}
        </datalist>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ElegirClase
          label={t.campo.claseImpuesto}
          name="claseImpuesto"
          inicial={inicial.claseImpuesto}
        />
        <Campo
          label={t.campo.pesoGramos}
          hint={t.pesoPista}
          name="pesoGramos"
          inputMode="numeric"
          autoComplete="off"
          pattern="\s*[0-9]{1,10}\s*"
          defaultValue={inicial.pesoGramos ?? ''}
        />
      </div>
      <CampoLargo
        label={t.campo.descripcion}
        name="descripcion"
        rows={5}
        maxLength={5000}
        defaultValue={inicial.descripcion}
      />
      <Atributos inicial={inicial.atributos ?? {}} />
    </>
  )
}
