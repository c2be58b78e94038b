import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerImporte } from '../../formularios/importe.ts'
import type { FormaMetodoPago } from './datos.ts'

export const proveedores = ['manual', 'stripe', 'mercadopago', 'externo'] as const
export const momentos = ['antes', 'contra-entrega'] as const

/** The name of a country's field; what follows it tells the rows apart. */
export const campoPais = 'pais-'

const horaSegundos = 60 * 60
const plazoMaximo = 30 * 24 * horaSegundos

export interface Lector {
  readonly region: string
  readonly moneda: string
  /** What the form began with. */
  readonly inicial?: Pick<FormaMetodoPago, 'plazoSegundos'> | undefined
  readonly textos: {
    readonly importeMal: string
    readonly maximoMal: string
    readonly plazoMal: string
    readonly paisRepetido: string
  }
}

/** A code that a method may have. */
export const codigoLimpio = (escrito: string): string | undefined =>
  /^[a-z0-9][a-z0-9-]{0,39}$/.test(escrito) ? escrito : undefined

/** How long money may take, in hours, as it is typed. */
export const horasParaEditar = (segundos: number | null): string =>
  segundos === null ? '' : String(Math.round((segundos / horaSegundos) * 100) / 100)

/** @throws ErrorDeCampo */
function leerPlazo(datos: FormData, { inicial, textos }: Lector): number | null {
  const escrito = campoDe(datos, 'plazo')
  const previo = inicial?.plazoSegundos ?? null
  // What a program has set may be no whole number of hours, and stays where nobody touched it.
  if (escrito === horasParaEditar(previo)) return previo
  const horas = Number(escrito.replace(',', '.'))
  const segundos = Math.round(horas * horaSegundos)
  if (segundos >= 60 && segundos <= plazoMaximo) return segundos
  throw new ErrorDeCampo('plazo', textos.plazoMal)
}

/** @throws ErrorDeCampo */
function leerLimite(datos: FormData, campo: 'minimo' | 'maximo', lector: Lector): number | null {
  const escrito = campoDe(datos, campo)
  if (escrito === '') return null
  const importe = leerImporte(escrito, lector.region, lector.moneda)
  if (importe === undefined) throw new ErrorDeCampo(campo, lector.textos.importeMal)
  return importe
}

/** @throws ErrorDeCampo */
function leerPaises(datos: FormData, { textos }: Lector): string[] {
  const paises: string[] = []
  for (const campo of datos.keys()) {
    if (!campo.startsWith(campoPais)) continue
    const pais = campoDe(datos, campo)
    if (paises.includes(pais)) throw new ErrorDeCampo(campo, textos.paisRepetido)
    paises.push(pais)
  }
  return paises
}

/**
 * What stands in the form of a way to pay.
 * @throws ErrorDeCampo for what only reading it can tell
 */
export function leerMetodo(datos: FormData, lector: Lector): FormaMetodoPago {
  const minimo = leerLimite(datos, 'minimo', lector)
  const maximo = leerLimite(datos, 'maximo', lector)
  if (minimo !== null && maximo !== null && maximo < minimo) {
    throw new ErrorDeCampo('maximo', lector.textos.maximoMal)
  }
  const instrucciones = campoDe(datos, 'instrucciones').replaceAll('\r\n', '\n')
  return {
    proveedor: proveedores.find((uno) => uno === campoDe(datos, 'proveedor')) ?? 'manual',
    nombre: campoDe(datos, 'nombre'),
    momento: momentos.find((uno) => uno === campoDe(datos, 'momento')) ?? 'antes',
    plazoSegundos: leerPlazo(datos, lector),
    instrucciones: instrucciones === '' ? null : instrucciones,
    minimo,
    maximo,
    paises: leerPaises(datos, lector),
    activo: datos.has('activo'),
  }
}
