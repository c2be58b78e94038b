import { claveDeIdentidad } from '@encargo/service-kit/values/identity-key'

/** An e-mail as it is compared. */
export const claveDeEmail = claveDeIdentidad

/** An identity number as it is compared: dots, dashes and spaces are how some write it. */
export function claveDeCedula(cedula: string): string {
  return claveDeIdentidad(cedula).replace(/[.\-\s]/g, '')
}
