import { perTab } from '../../ui/browser-storage.ts'

const clave = 'encargo:envio'

const camposBorrador = [
  'contactoNombre',
  'contactoEmail',
  'contactoTelefono',
  'entrega',
  'direccion',
  'paraOtro',
  'nombre',
  'calle',
  'referencia',
  'ciudad',
  'provincia',
  'codigoPostal',
  'pais',
  'telefono',
  'guardar',
  'metodo',
  'conFactura',
  'factura',
  'paisDocumento',
  'tipo',
  'numero',
  'razonSocial',
  'facturaDireccion',
  'facturaEmail',
  'cupon',
  'notas',
  'metodoPago',
] as const
export type CampoBorrador = (typeof camposBorrador)[number]
/** What was typed and chosen so far, by the names of the controls. */
export type Borrador = Partial<Record<CampoBorrador, string>>

/** What was typed so far: signing in again, or a reload, does not lose it. Gone with the tab. */
export function leerBorrador(): Borrador | undefined {
  const texto = perTab.read(clave)
  if (texto === null) return undefined
  try {
    const leido: unknown = JSON.parse(texto)
    if (typeof leido !== 'object' || leido === null) return undefined
    const pares = camposBorrador.map((campo): [CampoBorrador, unknown] => [
      campo,
      Reflect.get(leido, campo),
    ])
    return Object.fromEntries(pares.filter(([, valor]) => typeof valor === 'string'))
  } catch {
    return undefined
  }
}

/** What stands in the form; what is not on the page stays as it was. */
export function borradorDe(datos: FormData, previo: Borrador): Borrador {
  const casillas: readonly CampoBorrador[] = ['guardar', 'conFactura', 'paraOtro']
  const pares = camposBorrador.flatMap((campo) => {
    const valor = datos.get(campo)
    // A box that is not ticked says nothing.
    if (valor === null) return casillas.includes(campo) ? [[campo, '']] : []
    return [[campo, String(valor)]]
  })
  return { ...previo, ...Object.fromEntries(pares) }
}

/**
 * The same after `campo` was changed. A method that stands marked by itself was not chosen: it gives way when
 * the address comes to a place where another one is first.
 */
export function trasCambio(datos: FormData, previo: Borrador, campo: string): Borrador {
  const escrito = borradorDe(datos, previo)
  const sinElegir = (['metodo', 'metodoPago'] as const).filter((uno) => uno !== campo)
  return { ...escrito, ...Object.fromEntries(sinElegir.map((uno) => [uno, previo[uno] ?? ''])) }
}

export const guardarBorrador = (datos: Borrador) => perTab.write(clave, JSON.stringify(datos))

export const olvidarBorrador = () => perTab.write(clave, null)
