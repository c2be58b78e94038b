import type { Sumas } from '@encargo/service-kit/values/cobros'
import { importeMaximo } from '@encargo/service-kit/values/importes'
import type { Verdad } from './verdad.ts'

// What a provider says is kept, told on and shown. What no database holds, no amount is and no calendar has
// is not news of money, whoever signed it.

/** The longest name of anything there. */
const maxNombre = 255
/** Before any money was taken here, and after all that is promised. */
const [minMs, maxMs] = [Date.UTC(2000), Date.UTC(2100)]

// eslint-disable-next-line no-control-regex -- control characters are what is refused
const deControl = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

/** Whether it can be the name of something, wherever names are kept. */
export const esNombre = (texto: string): boolean =>
  texto !== '' && texto.length <= maxNombre && texto.isWellFormed() && !deControl.test(texto)

const esImporte = (importe: number) =>
  Number.isInteger(importe) && importe >= 1 && importe <= importeMaximo
const esMomento = (ms: number) => Number.isInteger(ms) && ms >= minMs && ms <= maxMs
const sinDecir = <T>(valor: T | undefined, vale: (valor: T) => boolean) =>
  valor === undefined || vale(valor)

export const esCreible = ({
  moneda,
  cobroId,
  expiraEn,
  ultimoRechazo,
  ...visto
}: Verdad): boolean =>
  /^[A-Z]{3}$/.test(moneda) &&
  [cobroId, ultimoRechazo].every((uno) => sinDecir(uno, esNombre)) &&
  sinDecir(expiraEn, esMomento) &&
  visto.movimientos.every(
    ({ importe, referencia, en }) => esImporte(importe) && esNombre(referencia) && esMomento(en),
  ) &&
  visto.reembolsos.every(
    ({ importe, referencia, clave }) =>
      esImporte(importe) && esNombre(referencia) && sinDecir(clave, esNombre),
  )

/** As many facts as one charge has: more than that is told to nobody at once. */
export const maxMovimientos = 1000

/** Whether one charge can have come to that. */
export const cabe = (cuantos: number, sumas: Sumas): boolean =>
  cuantos <= maxMovimientos && Object.values(sumas).every((suma) => suma <= importeMaximo)
