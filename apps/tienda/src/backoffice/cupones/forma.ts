import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerEntero } from '../../formularios/campo-entero.tsx'
import { importeParaEditar, leerImporte } from '../../formularios/importe.ts'
import { leerTasa, tasaParaEditar } from '../../formularios/tasa.ts'
import { diaDe, inicioDelDia } from '../datos/dias.ts'
import type { Cupon, FormaCupon } from './datos.ts'

export const tipos = ['porcentaje', 'importe', 'envio-gratis'] as const
type Tipo = Cupon['tipo']

/** A code that a coupon may have, as the service keeps it. */
export const codigoLimpio = (escrito: string): string | undefined => {
  const codigo = escrito.trim().toUpperCase()
  return /^[A-Z0-9][A-Z0-9_-]{0,39}$/.test(codigo) ? codigo : undefined
}

export interface Lector {
  readonly region: string
  readonly moneda: string
  readonly zona: string
  /** What the form began with. */
  readonly inicial?: Pick<FormaCupon, 'desde' | 'hasta'> | undefined
  readonly textos: {
    readonly importeMal: string
    readonly porcentajeMal: string
    readonly diaMal: string
    readonly hastaAntes: string
  }
}

/** @throws ErrorDeCampo */
function leerValor(datos: FormData, tipo: Tipo, { region, moneda, textos }: Lector) {
  if (tipo === 'envio-gratis') return null
  const escrito = campoDe(datos, 'valor')
  const valor = tipo === 'porcentaje' ? leerTasa(escrito) : leerImporte(escrito, region, moneda)
  if (valor !== undefined && valor > 0) return valor
  throw new ErrorDeCampo('valor', tipo === 'porcentaje' ? textos.porcentajeMal : textos.importeMal)
}

/** @throws ErrorDeCampo */
function leerDia(datos: FormData, campo: 'desde' | 'hasta', { zona, inicial, textos }: Lector) {
  const dia = campoDe(datos, campo)
  const previo = inicial?.[campo] ?? null
  const esFin = campo === 'hasta'
  // What a program has set is on no day's edge, and stays where nobody touched it.
  if (previo !== null && dia === diaParaEditar(previo, zona, esFin)) return previo
  // The day that is said counts as well.
  const momento = inicioDelDia(zona, dia, esFin ? 1 : 0)
  if (dia !== '' && momento === undefined) throw new ErrorDeCampo(campo, textos.diaMal)
  return momento ?? null
}

/**
 * What stands in the form of a coupon.
 * @param categorias that are chosen beside it
 * @throws ErrorDeCampo for what only reading it can tell
 */
export function leerCupon(
  datos: FormData,
  tipo: Tipo,
  categorias: readonly string[],
  lector: Lector,
): FormaCupon {
  const minimo = campoDe(datos, 'minimo')
  const leido = leerImporte(minimo, lector.region, lector.moneda)
  if (minimo !== '' && leido === undefined)
    throw new ErrorDeCampo('minimo', lector.textos.importeMal)
  const desde = leerDia(datos, 'desde', lector)
  const hasta = leerDia(datos, 'hasta', lector)
  if (desde !== null && hasta !== null && hasta <= desde) {
    throw new ErrorDeCampo('hasta', lector.textos.hastaAntes)
  }
  return {
    valor: leerValor(datos, tipo, lector),
    minimo: leido ?? null,
    desde,
    hasta,
    usosMaximos: leerEntero(campoDe(datos, 'usosMaximos')) ?? null,
    usosPorCliente: leerEntero(campoDe(datos, 'usosPorCliente')) ?? null,
    categorias: [...categorias],
    activo: datos.has('activo'),
  }
}

type Escritura = Pick<Lector, 'region' | 'moneda' | 'zona'>

/** A coupon's value as it is typed. */
export function valorParaEditar(tipo: Tipo, valor: number | null, { region, moneda }: Escritura) {
  if (valor === null) return ''
  return tipo === 'porcentaje'
    ? tasaParaEditar(valor, region)
    : importeParaEditar(valor, region, moneda)
}

/** The day of a moment in the shop's calendar; of the end of a coupon, its last one. */
export const diaParaEditar = (momento: string | null, zona: string, esFin = false) =>
  momento === null ? '' : diaDe(zona, Date.parse(momento) - (esFin ? 1 : 0), 0)

/** Why nobody can use a coupon right now, if nobody can. */
export function parado(
  { activo, desde, hasta, usosMaximos, usados }: Cupon,
  ahora: number,
): 'apagado' | 'aun-no' | 'vencido' | 'agotado' | undefined {
  if (!activo) return 'apagado'
  if (desde !== null && Date.parse(desde) > ahora) return 'aun-no'
  if (hasta !== null && Date.parse(hasta) <= ahora) return 'vencido'
  return usosMaximos !== null && usados >= usosMaximos ? 'agotado' : undefined
}
