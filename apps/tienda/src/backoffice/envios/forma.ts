import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { leerEntero } from '../../formularios/campo-entero.tsx'
import { leerImporte } from '../../formularios/importe.ts'
import type { FormaMetodo } from './datos.ts'

type Tarifa = FormaMetodo['tarifa']
type Zona = FormaMetodo['zonas'][number]
export const tarifas = ['fija', 'por-importe', 'por-peso'] as const
export const tipos = ['domicilio', 'retiro'] as const

// The names of a row's fields; what follows them tells the rows apart.
export const campoTramo = { desde: 'tramo-desde-', precio: 'tramo-precio-' } as const
export const campoZona = { pais: 'zona-pais-', provincias: 'zona-provincias-' } as const

export interface Lector {
  readonly region: string
  readonly moneda: string
  readonly textos: {
    readonly importeMal: string
    readonly pesoMal: string
    readonly tramosOrden: string
    readonly sinTramos: string
    readonly paisRepetido: string
  }
}

/** The rows whose first field is called so, each by what tells it apart. */
const filasDe = (datos: FormData, campo: string): string[] =>
  [...datos.keys()].filter((uno) => uno.startsWith(campo)).map((uno) => uno.slice(campo.length))

/** @throws ErrorDeCampo */
function importeDe(datos: FormData, campo: string, { region, moneda, textos }: Lector): number {
  const importe = leerImporte(campoDe(datos, campo), region, moneda)
  if (importe === undefined) throw new ErrorDeCampo(campo, textos.importeMal)
  return importe
}

/** @throws ErrorDeCampo */
function leerTarifa(datos: FormData, lector: Lector): Tarifa {
  const tipo = tarifas.find((una) => una === campoDe(datos, 'tarifa')) ?? 'fija'
  if (tipo === 'fija') return { tipo, precio: importeDe(datos, 'precio', lector) }
  const { textos } = lector
  const tramos = filasDe(datos, campoTramo.desde).map((fila) => {
    const campo = campoTramo.desde + fila
    const peso = leerEntero(campoDe(datos, campo))
    if (tipo === 'por-peso' && peso === undefined) throw new ErrorDeCampo(campo, textos.pesoMal)
    const desde = tipo === 'por-peso' ? (peso ?? 0) : importeDe(datos, campo, lector)
    return { campo, desde, precio: importeDe(datos, campoTramo.precio + fila, lector) }
  })
  if (tramos.length === 0) throw new ErrorDeCampo('tarifa', textos.sinTramos)
  tramos.forEach(({ campo, desde }, n) => {
    const anterior = tramos[n - 1]?.desde ?? -1
    if (desde <= anterior) throw new ErrorDeCampo(campo, textos.tramosOrden)
  })
  return { tipo, tramos: tramos.map(({ desde, precio }) => ({ desde, precio })) }
}

/** What is written with commas or on lines of its own. */
export const separados = (texto: string): string[] =>
  texto
    .split(/[,;\n]/)
    .map((uno) => uno.trim())
    .filter((uno) => uno !== '')

/** @throws ErrorDeCampo */
function leerZonas(datos: FormData, { textos }: Lector): Zona[] {
  const vistos = new Set<string>()
  return filasDe(datos, campoZona.pais).map((fila) => {
    const pais = campoDe(datos, campoZona.pais + fila)
    if (vistos.has(pais)) throw new ErrorDeCampo(campoZona.pais + fila, textos.paisRepetido)
    vistos.add(pais)
    const provincias = separados(campoDe(datos, campoZona.provincias + fila))
    return provincias.length === 0 ? { pais } : { pais, provincias }
  })
}

/**
 * What stands in the form of a method.
 * @throws ErrorDeCampo for what only reading it can tell
 */
export function leerMetodo(datos: FormData, lector: Lector): FormaMetodo {
  const tipo = tipos.find((uno) => uno === campoDe(datos, 'tipo')) ?? 'domicilio'
  const gratis = campoDe(datos, 'gratisDesde')
  return {
    nombre: campoDe(datos, 'nombre'),
    tipo,
    tarifa: leerTarifa(datos, lector),
    // Who comes to fetch it, comes from anywhere.
    zonas: tipo === 'retiro' ? [] : leerZonas(datos, lector),
    gratisDesde: gratis === '' ? null : importeDe(datos, 'gratisDesde', lector),
    claseImpuesto: campoDe(datos, 'claseImpuesto'),
    plazoDias: leerEntero(campoDe(datos, 'plazoDias')) ?? null,
    instrucciones: campoDe(datos, 'instrucciones').replaceAll('\r\n', '\n') || null,
  }
}
