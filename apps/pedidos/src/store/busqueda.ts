import {
  compactar,
  formasDe,
  palabrasPlegadas,
  plegar,
} from '@encargo/service-kit/values/search-words'
import { telefonoBuscado } from '@encargo/service-kit/values/telephone'
import type { Buscable } from './indice.ts'

/**
 * What an order is found by: its number, what is in it, what was noted, who receives it and where to
 * call. Of its customer it has no more than the id: names and addresses are auth's. The index keeps no
 * text, so an entry can only be taken out by giving the very same text again: this must say for an old
 * order what it said when that was made, or a migration removes the index's place in `marcas`.
 */
export function textoDe(
  numero: number,
  { lineas, notas, direccionEnvio }: Pick<Buscable, 'lineas' | 'notas' | 'direccionEnvio'>,
): string {
  const productos = lineas.flatMap(({ nombre, sku }) => [nombre, sku, compactar(sku)])
  const { nombre: receptor = '', telefono = '' } = direccionEnvio ?? {}
  const llamada = telefonoBuscado(telefono) ?? ''
  return [numero, ...productos, notas ?? '', receptor, llamada].join(' ').normalize('NFC')
}

/** A user's id as one word of the index. */
export function palabraDe(clienteId: string): string {
  return clienteId.replaceAll('-', '')
}

/** More words than this narrow nothing down any more. */
const palabrasMaximas = 10
const prefijoMinimo = 3

/** How people say that a number is that of an order. */
const porNumero =
  /^(?:(?:pedido|orden|order|venta|sale|numero|num|no|n)(?:[\s.:]+|(?=#)))*#?\s*(\d{1,15})$/

/** The order that is plainly meant: `Pedido 36`, `#36`. A bare number may be of something else. */
export function numeroDe(q: string): number | undefined {
  const plegado = plegar(q.replaceAll(/[º°]/g, ' '))
  const [, digits] = porNumero.exec(plegado) ?? []
  return digits === undefined || digits === plegado ? undefined : Number(digits)
}

export interface Buscado {
  readonly q: string
  /** Whose orders alone, unless everybody's. */
  readonly clienteId: string | undefined
  /** Customers who are called so: their orders are found, whatever they say. */
  readonly clientes: readonly string[]
}

/** All words, in any form that has their root, the last one as a beginning too; undefined without a word. */
function palabrasDe(q: string): string | undefined {
  const palabras = palabrasPlegadas(q).slice(0, palabrasMaximas)
  if (palabras.length === 0) return undefined
  const partes = palabras.map((palabra, at) => {
    // A beginning that is only digits would be that of thousands of order numbers.
    const ultima = at === palabras.length - 1 && palabra.length >= prefijoMinimo
    const comienzo = ultima && /\p{L}/u.test(palabra) ? ' *' : ''
    const formas = formasDe(palabra).map((forma) => `"${forma}"`)
    return `(${[`"${palabra}"${comienzo}`, ...formas].join(' OR ')})`
  })
  return `texto : (${partes.join(' AND ')})`
}

/** A telephone as `textoDe` has it, or a SKU without what stands between its letters. */
function enUna(q: string): string | undefined {
  const una = telefonoBuscado(q) ?? compactar(q)
  return una === '' ? undefined : `texto : "${una}"`
}

const clientela = (clientes: readonly string[]) =>
  clientes.length === 0
    ? undefined
    : `cliente : (${clientes.map((id) => `"${palabraDe(id)}"`).join(' OR ')})`

/**
 * A full-text expression (https://sqlite.org/fts5.html, 3) that holds nothing of the caller's text
 * but quoted words. Undefined when the text has no word in it and nobody is called so.
 */
export function expresionDe({ q, clienteId, clientes }: Buscado): string | undefined {
  const maneras = [palabrasDe(q), enUna(q), clientela(clientes)].filter((una) => una !== undefined)
  if (maneras.length === 0) return undefined
  const hallado = `(${maneras.join(' OR ')})`
  return clienteId === undefined ? hallado : `cliente : "${palabraDe(clienteId)}" AND ${hallado}`
}
