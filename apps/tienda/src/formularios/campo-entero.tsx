import type { FieldProps } from '../ui/field.tsx'
import { Campo } from './campos.tsx'
import { campoDe } from './formulario.ts'

/** A whole number from 0 on, with as many digits as the services take. */
export const CampoEntero = (props: FieldProps & { readonly name: string }) => (
  <Campo {...props} required inputMode="numeric" autoComplete="off" pattern="\s*[0-9]{1,12}\s*" />
)

/** What stands in a `CampoEntero`; undefined as long as it is no whole number. */
export function leerEntero(escrito: string): number | undefined {
  return /^\s*\d{1,12}\s*$/.test(escrito) ? Number(escrito) : undefined
}

/** Of a form that was checked. */
export const enteroDe = (datos: FormData, nombre: string) => leerEntero(campoDe(datos, nombre)) ?? 0
