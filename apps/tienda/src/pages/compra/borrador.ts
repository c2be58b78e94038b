import { perTab } from '../../ui/browser-storage.ts'

const clave = 'encargo:envio'

const camposEnvio = [
  'nombre',
  'calle',
  'ciudad',
  'provincia',
  'codigoPostal',
  'pais',
  'telefono',
  'notas',
] as const
export type CampoEnvio = (typeof camposEnvio)[number]
export type Borrador = Partial<Record<CampoEnvio, string>>

/** What was typed so far: signing in again, or a reload, does not lose it. Gone with the tab. */
export function leerBorrador(): Borrador | undefined {
  const texto = perTab.read(clave)
  if (texto === null) return undefined
  try {
    const leido: unknown = JSON.parse(texto)
    if (typeof leido !== 'object' || leido === null) return undefined
    const pares = camposEnvio.map((campo): [CampoEnvio, unknown] => [
      campo,
      Reflect.get(leido, campo),
    ])
    return Object.fromEntries(pares.filter(([, valor]) => typeof valor === 'string'))
  } catch {
    return undefined
  }
}

export function guardarBorrador(datos: FormData): void {
  const pares = camposEnvio.map((campo) => [campo, String(datos.get(campo) ?? '')])
  perTab.write(clave, JSON.stringify(Object.fromEntries(pares)))
}

export const olvidarBorrador = () => perTab.write(clave, null)
