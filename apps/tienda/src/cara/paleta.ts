import { contraste, mezclar } from './colores.ts'

/** What a shop chooses; the rest follows. */
export interface Colores {
  /** Of buttons, links and marks; null: the house's own. */
  readonly principal: string | null
  /** Behind the page in the light theme; null: the house's own. */
  readonly fondo: string | null
}

export type Tema = 'claro' | 'oscuro'

/** The names of estilos.css, without `--color-`. */
type Nombre =
  'acento' | 'acento-fuerte' | 'acento-tenue' | 'sobre-acento' | 'fondo' | 'hundido' | 'linea'

export type Paleta = Readonly<Partial<Record<Nombre, string>>>

/** A colour that was chosen, and what is used in its place so that it can be read. */
export interface Ajuste {
  readonly tema: Tema
  readonly de: keyof Colores
  readonly usado: string
}

interface Derivados {
  readonly claro: Paleta
  readonly oscuro: Paleta
  readonly ajustes: readonly Ajuste[]
}

/** What of estilos.css counts here, as far as it can be another; a test holds the two together. */
export const deLaCasa = {
  claro: {
    acento: '#1f5c4a',
    'acento-fuerte': '#16483a',
    'acento-tenue': '#e2efe8',
    'sobre-acento': '#ffffff',
    fondo: '#faf8f3',
    papel: '#ffffff',
    hundido: '#f2efe6',
    linea: '#e3dfd2',
    tinta: '#1d211c',
    suave: '#5b5f55',
    borde: '#8b897c',
    bien: '#1f6b3f',
    ojo: '#855000',
    mal: '#a3261f',
  },
  oscuro: {
    acento: '#8fd3b6',
    'acento-fuerte': '#b2e4cf',
    'acento-tenue': '#1f3129',
    'sobre-acento': '#0c1a14',
    fondo: '#12150f',
    papel: '#1a1e17',
    hundido: '#22271e',
    linea: '#343b2f',
    tinta: '#eef0e8',
    suave: '#b3b9aa',
  },
} as const

/** For text (WCAG 2.2, 1.4.3) and for the edges of what can be pressed (1.4.11). */
const paraTexto = 4.5
const paraBordes = 3

/** `color`, moved towards `hacia` only as far as it takes to please `basta`; `hacia` itself must. */
function acercar(color: string, hacia: string, basta: (uno: string) => boolean): string {
  for (let paso = 0; paso < 100; paso++) {
    const uno = mezclar(color, hacia, paso / 100)
    if (basta(uno)) return uno
  }
  return hacia
}

const seLee = (texto: string, ...detras: readonly string[]) =>
  detras.every((uno) => contraste(texto, uno) >= paraTexto)

/** A little darker than the page, as fields and hovered links are. */
const hundidoDe = (fondo: string) => mezclar(fondo, deLaCasa.claro.tinta, 0.05)

function fondoLegible(fondo: string): string {
  const { suave, bien, ojo, mal, borde } = deLaCasa.claro
  return acercar(
    fondo,
    '#ffffff',
    (uno) =>
      [suave, bien, ojo, mal].every((texto) => seLee(texto, uno, hundidoDe(uno))) &&
      contraste(borde, uno) >= paraBordes,
  )
}

type Superficies = Readonly<Record<'fondo' | 'papel' | 'hundido' | 'suave', string>>

/** The accent on `superficies`, and its relatives; `extremo` is where it gets easier to read. */
function acentoSobre(principal: string, superficies: Superficies, extremo: string): Paleta {
  const { fondo, papel, hundido, suave } = superficies
  const acento = acercar(principal, extremo, (uno) => seLee(uno, fondo, papel, hundido))
  const tenue = acercar(
    mezclar(papel, acento, 0.13),
    papel,
    (uno) => seLee(acento, uno) && seLee(suave, uno),
  )
  return {
    acento,
    'acento-fuerte': mezclar(acento, extremo, 0.25),
    'acento-tenue': tenue,
    'sobre-acento': extremo === '#000000' ? '#ffffff' : '#0b0d09',
  }
}

/**
 * The colours of both themes that follow from what a shop chose: whatever it is, text can be read on
 * them (WCAG 2.2, AA). What is not chosen is left out, and stays as the house has it.
 */
export function derivar({ principal, fondo }: Colores): Derivados {
  const ajustes: Ajuste[] = []
  const ajustado = (tema: Tema, de: keyof Colores, pedido: string, usado: string | undefined) => {
    if (usado !== undefined && usado !== pedido) ajustes.push({ tema, de, usado })
  }
  const legible = fondo === null ? undefined : fondoLegible(fondo)
  if (fondo !== null) ajustado('claro', 'fondo', fondo, legible)
  const deFondo = legible && {
    fondo: legible,
    hundido: hundidoDe(legible),
    linea: mezclar(legible, deLaCasa.claro.tinta, 0.12),
  }
  // Another background may ask for another accent, also of the house's own.
  const enClaro = principal ?? (legible === undefined ? undefined : deLaCasa.claro.acento)
  const claro =
    enClaro === undefined ? {} : acentoSobre(enClaro, { ...deLaCasa.claro, ...deFondo }, '#000000')
  const oscuro = principal === null ? {} : acentoSobre(principal, deLaCasa.oscuro, '#ffffff')
  if (principal !== null) {
    ajustado('claro', 'principal', principal, claro.acento)
    ajustado('oscuro', 'principal', principal, oscuro.acento)
  }
  return { claro: { ...deFondo, ...claro }, oscuro, ajustes }
}

/** As a style sheet and `style` name them. */
export const comoVariables = (paleta: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(paleta).map(([nombre, color]) => [`--color-${nombre}`, color]))

const declarar = (paleta: Paleta) =>
  Object.entries(comoVariables(paleta))
    .map((par) => par.join(':'))
    .join(';')

/** In the theme of the system unless the reader chose the other, and in the one that they chose. */
function enTema(tema: Tema, otro: Tema, sistema: string, paleta: Paleta): string {
  const reglas = declarar(paleta)
  if (reglas === '') return ''
  const delSistema = `@media(prefers-color-scheme:${sistema}){:root:not([data-tema=${otro}]){${reglas}}}`
  return `${delSistema}:root[data-tema=${tema}]{${reglas}}`
}

/**
 * What a page is told of the colours, beside its own style sheet. On paper they don't count. Empty where
 * all is as the house has it.
 */
export function hojaDe(colores: Colores): string {
  const { claro, oscuro } = derivar(colores)
  const reglas =
    enTema('claro', 'oscuro', 'light', claro) + enTema('oscuro', 'claro', 'dark', oscuro)
  return reglas === '' ? '' : `@media screen{${reglas}}`
}
