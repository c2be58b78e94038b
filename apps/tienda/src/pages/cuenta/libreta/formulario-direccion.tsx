import { useQueryClient } from '@tanstack/react-query'
import { cliente, pedir, problemaDe } from '../../../api.ts'
import { Campo, CampoLista, Formulario } from '../../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../../formularios/formulario.ts'
import { nombreMaximo, telefonoPatron } from '../../../formularios/limites.ts'
import { useLengua } from '../../../textos/idioma.ts'
import { toast } from '../../../ui/toast.tsx'
import { paisDe, paisesEn } from '../../../textos/paises.ts'
import type { Direccion } from './datos.ts'

const opcionales = ['alias', 'referencia', 'provincia', 'codigoPostal', 'telefono'] as const

/** What a form says of an address; what is left empty is null, which takes away what was there. */
export function direccionEscrita(datos: FormData) {
  const pares = opcionales.map((campo) => [campo, campoDe(datos, campo) || null] as const)
  return {
    nombre: campoDe(datos, 'nombre'),
    calle: campoDe(datos, 'calle'),
    ciudad: campoDe(datos, 'ciudad'),
    pais: campoDe(datos, 'pais'),
    ...(Object.fromEntries(pares) as Record<(typeof opcionales)[number], string | null>),
  }
}

/** A new address takes no null: what is empty is left out. */
export function direccionNueva(escrita: ReturnType<typeof direccionEscrita>) {
  const { nombre, calle, ciudad, pais } = escrita
  const dichos = opcionales.flatMap((campo) => (escrita[campo] ? [[campo, escrita[campo]]] : []))
  return { nombre, calle, ciudad, pais, ...Object.fromEntries(dichos) }
}

/** There are as many as can be kept. */
function estaLlena(error: unknown): boolean {
  const problema = problemaDe(error)
  if (problema?.codigo !== 'datos-invalidos') return false
  return problema.errores.some(({ campo }) => campo === 'direcciones')
}

interface FormularioDireccionProps {
  /** The one that is changed; without it, a new one. */
  readonly direccion: Direccion | undefined
  readonly alGuardar: () => void
}

export function FormularioDireccion({ direccion, alGuardar }: FormularioDireccionProps) {
  const { textos: t, region } = useLengua()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      const escrita = direccionEscrita(datos)
      await (direccion
        ? pedir(cliente().auth.me.direcciones({ id: direccion.id }).patch(escrita))
        : pedir(cliente().auth.me.direcciones.post(direccionNueva(escrita))))
      toast(t.direcciones.guardada)
      await consultas.invalidateQueries({ queryKey: ['direcciones'] })
      alGuardar()
    },
    explicar: (error) => (estaLlena(error) ? { mensaje: t.direcciones.llena } : undefined),
  })
  const campo = (name: keyof Direccion & string, dato: string) => ({
    name,
    autoComplete: dato,
    defaultValue: String(direccion?.[name] ?? ''),
  })
  const pais = direccion?.pais ?? paisDe(region) ?? ''
  return (
    <Formulario de={formulario} boton={t.direcciones.guardar}>
      <Campo
        label={t.direcciones.alias}
        placeholder={t.direcciones.aliasEjemplo}
        maxLength={60}
        {...campo('alias', 'off')}
      />
      <Campo
        label={t.compra.nombre}
        required
        maxLength={nombreMaximo}
        {...campo('nombre', 'name')}
      />
      <Campo
        label={t.compra.calle}
        required
        maxLength={200}
        {...campo('calle', 'street-address')}
      />
      <Campo
        label={t.direcciones.referencia}
        placeholder={t.direcciones.referenciaEjemplo}
        maxLength={200}
        {...campo('referencia', 'off')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Campo
          label={t.compra.ciudad}
          required
          maxLength={100}
          {...campo('ciudad', 'address-level2')}
        />
        <Campo
          label={t.compra.provincia}
          maxLength={100}
          {...campo('provincia', 'address-level1')}
        />
        <Campo
          label={t.compra.codigoPostal}
          maxLength={20}
          {...campo('codigoPostal', 'postal-code')}
        />
        <CampoLista
          label={t.compra.pais}
          name="pais"
          autoComplete="country"
          required
          defaultValue={pais}
          options={[['', ''], ...paisesEn(region)]}
        />
      </div>
      <Campo
        label={t.compra.telefono}
        type="tel"
        pattern={telefonoPatron}
        {...campo('telefono', 'tel')}
      />
    </Formulario>
  )
}
