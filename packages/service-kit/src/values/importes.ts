import { decimalesDe } from './monedas.ts'

/** The most that an amount may be, in minor units. */
export const importeMaximo = 1_000_000_000_000

export type ImporteLeido =
  | { readonly ok: true; readonly valor: number }
  /** `forma`: it is no amount of that currency. */
  | { readonly ok: false; readonly motivo: 'forma' | 'maximo' }

const signos = new Map<string, readonly string[]>()

/** What people write beside an amount of this currency: its code and its signs, the longest first. */
function signosDe(moneda: string, region: string): readonly string[] {
  const clave = `${moneda} ${region}`
  const conocidos = signos.get(clave)
  if (conocidos) return conocidos
  const escritos = ['es', 'en', region].flatMap((una) =>
    (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
      const formato = new Intl.NumberFormat(una, {
        style: 'currency',
        currency: moneda,
        currencyDisplay,
      })
      return formato.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? moneda
    }),
  )
  const nuevos = [...new Set([moneda, ...escritos])].toSorted((a, b) => b.length - a.length)
  signos.set(clave, nuevos)
  return nuevos
}

/** What a region puts before decimals. */
export function signoDecimalDe(region: string): string {
  const partes = new Intl.NumberFormat(region).formatToParts(1.5)
  return partes.find(({ type }) => type === 'decimal')?.value ?? '.'
}

/** An amount without the sign of its currency, which stands before or behind it. */
function sinSigno(escrito: string, moneda: string, region: string): string {
  if (/^\d[\d.,]*$/.test(escrito)) return escrito
  for (const signo of signosDe(moneda, region)) {
    if (escrito.startsWith(signo)) return escrito.slice(signo.length).trim()
    if (escrito.endsWith(signo)) return escrito.slice(0, -signo.length).trim()
  }
  return escrito
}

/** Whole units, with one kind of mark between thousands or none; undefined: it is neither. */
function enterosDe(texto: string): string | undefined {
  return /^(?:\d+|\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*)$/.test(texto)
    ? texto.replace(/[ .,]/g, '')
    : undefined
}

/** Whether the only point or comma of `entera + signo + resto` stands between thousands. */
function separaMiles(
  entera: string,
  resto: string,
  decimales: number,
  esDelLector: boolean | undefined,
): boolean {
  if (resto.length !== 3 || !/^[1-9]\d{0,2}$/.test(entera)) return false
  // Three digits after it are thousands, unless the currency has as many decimals and nothing is
  // known of who wrote it, or this is how they write decimals.
  return decimales < 3 || esDelLector === false
}

function partesDe(
  texto: string,
  decimales: number,
  decimal: string | undefined,
): readonly [string | undefined, string] {
  const [, entera = '', signo = '', resto = ''] = /^(.*)([.,])(.*)$/.exec(texto) ?? []
  if (signo === '' || entera.includes(signo)) return [enterosDe(texto), '']
  const esDelLector = decimal === undefined ? undefined : signo === decimal
  return separaMiles(entera, resto, decimales, esDelLector)
    ? [entera + resto, '']
    : [enterosDe(entera), resto]
}

/**
 * The minor units of an amount that is written in units of its currency: `12,50`, `12.50`, `1.500`,
 * `1.500,00`, `1,500.00`, `$ 12`, with blanks of any kind. What could be read in two ways is decided
 * by how many decimals the currency has, and then by how they write in `region`, where the writer's
 * is known. Nothing is rounded: an amount with more decimals than there are is none. Whoever asks
 * for an amount says back what was understood.
 */
export function leerImporte(escrito: string, moneda: string, region?: string): ImporteLeido {
  // The apostrophe is how the Swiss write thousands, and some spreadsheets with them.
  const limpio = sinSigno(escrito.trim(), moneda, region ?? 'es').replace(
    /[\s\u00a0\u202f'’]/g,
    ' ',
  )
  const decimales = decimalesDe(moneda)
  const [enteros, fraccion] = partesDe(
    limpio,
    decimales,
    region === undefined ? undefined : signoDecimalDe(region),
  )
  const bienEscrito =
    enteros !== undefined && (fraccion === '' ? !/[.,]$/.test(limpio) : /^\d+$/.test(fraccion))
  if (!bienEscrito || fraccion.length > decimales) return { ok: false, motivo: 'forma' }
  const valor = Number(enteros + fraccion.padEnd(decimales, '0'))
  return valor <= importeMaximo ? { ok: true, valor } : { ok: false, motivo: 'maximo' }
}

/** Minor units as units of the currency, with all its decimals and nothing between thousands. */
export function escribirImporte(menor: number, moneda: string, decimal = '.'): string {
  const decimales = decimalesDe(moneda)
  const cifras = String(menor).padStart(decimales + 1, '0')
  return decimales === 0
    ? cifras
    : `${cifras.slice(0, -decimales)}${decimal}${cifras.slice(-decimales)}`
}
