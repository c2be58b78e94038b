import {
  compactar,
  formasDe,
  palabrasPlegadas,
  plegar,
} from '@encargo/service-kit/values/search-words'
import { telefonoBuscado } from '@encargo/service-kit/values/telephone'
import type { Buscable } from './indice.ts'

/** No word is longer, in letters, than the indexes take on every engine; the rest of it tells nothing. */
const letrasMaximas = 64
const soloAscii = /^[a-z0-9]*$/

/**
 * Of letters beyond ASCII each engine knows others, and folds them otherwise: they go into the index as two
 * of those that Unicode leaves to private use, which all take as they are and nobody's word has.
 */
function propia(letra: string): string {
  const codigo = letra.codePointAt(0) ?? 0
  return String.fromCharCode(0xe000 + (codigo >> 12), 0xe200 + (codigo & 0xfff))
}

/** A folded word as the indexes have it: as much of it is of as much of the word. */
function termino(palabra: string): string {
  if (palabra.length <= letrasMaximas && soloAscii.test(palabra)) return palabra
  const letras = Array.from(palabra).slice(0, letrasMaximas)
  return letras.map((letra) => (soloAscii.test(letra) ? letra : propia(letra))).join('')
}

/**
 * What an order is found by: its number, what is in it, what was noted, who receives it, whom to reach and
 * where to call. Of its customer it has no more than the id: accounts are auth's. The index keeps no
 * text, so an entry can only be taken out by giving the very same text again: this must say for an old
 * order what it said when that was made, or a migration removes the index's place in `marcas`.
 * These are the terms themselves, with a space between them.
 */
export function textoDe(
  numero: number,
  { lineas, notas, direccionEnvio, condiciones }: Omit<Buscable, 'numero' | 'clienteId'>,
): string {
  const productos = lineas.flatMap(({ nombre, sku }) => [nombre, sku, compactar(sku)])
  const { nombre: receptor = '', telefono = '' } = direccionEnvio ?? {}
  const llamada = telefonoBuscado(telefono) ?? ''
  const texto = [
    numero,
    ...productos,
    notas ?? '',
    receptor,
    llamada,
    contactoDe(condiciones),
  ].join(' ')
  return palabrasPlegadas(texto).map(termino).join(' ')
}

function contactoDe(condiciones: Buscable['condiciones']): string {
  if (!condiciones?.contacto) return ''
  const { nombre, email = '', telefono = '' } = condiciones.contacto
  return [nombre, email, telefonoBuscado(telefono) ?? ''].join(' ')
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

/** How an engine's full-text index is asked. */
interface Idioma {
  readonly y: string
  readonly o: string
  /** An order that has this term, or one that begins with it. */
  termino(termino: string, comienzo: boolean): string
  cliente(palabra: string): string
}

/** https://sqlite.org/fts5.html, 3 */
const fts5: Idioma = {
  y: ' AND ',
  o: ' OR ',
  termino: (uno, comienzo) => `texto : "${uno}"${comienzo ? ' *' : ''}`,
  cliente: (palabra) => `cliente : "${palabra}"`,
}

/** https://www.postgresql.org/docs/current/datatype-textsearch.html, 8.11.2; there is one column for all. */
const tsquery: Idioma = {
  y: ' & ',
  o: ' | ',
  termino: (uno, comienzo) => `'${uno}'${comienzo ? ':*' : ''}`,
  cliente: (palabra) => `':${palabra}'`,
}

const unidas = (partes: readonly string[], con: string) => `(${partes.join(con)})`

/** All words, in any form that has their root, the last one as a beginning too. */
function todas(palabras: readonly string[], en: Idioma): string {
  const partes = palabras.map((palabra, at) => {
    // A beginning that is only digits would be that of thousands of order numbers.
    const ultima = at === palabras.length - 1 && palabra.length >= prefijoMinimo
    const comienzo = ultima && /\p{L}/u.test(palabra)
    const formas = formasDe(palabra).map((forma) => en.termino(termino(forma), false))
    return unidas([en.termino(termino(palabra), comienzo), ...formas], en.o)
  })
  return unidas(partes, en.y)
}

/** A telephone as `textoDe` has it, or a SKU without what stands between its letters. */
const enUna = (q: string) => telefonoBuscado(q) ?? compactar(q)

function expresionEn(en: Idioma, { q, clienteId, clientes }: Buscado): string | undefined {
  const palabras = palabrasPlegadas(q).slice(0, palabrasMaximas)
  const una = enUna(q)
  const maneras = [
    ...(palabras.length === 0 ? [] : [todas(palabras, en)]),
    ...(una === '' ? [] : [en.termino(termino(una), false)]),
    ...clientes.map((id) => en.cliente(palabraDe(id))),
  ]
  if (maneras.length === 0) return undefined
  const hallado = unidas(maneras, en.o)
  return clienteId === undefined
    ? hallado
    : unidas([en.cliente(palabraDe(clienteId)), hallado], en.y)
}

/**
 * What finds these orders, as each engine wants to be asked, in JSON. It holds nothing of the caller's text
 * but quoted words. Undefined when the text has no word in it and nobody is called so.
 */
export function expresionDe(buscado: Buscado): string | undefined {
  const sqlite = expresionEn(fts5, buscado)
  return sqlite && JSON.stringify({ sqlite, postgres: expresionEn(tsquery, buscado) })
}
