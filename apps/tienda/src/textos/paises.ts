/** ISO 3166-1 alpha-2. */
const codigos =
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(
    ' ',
  )

type Pais = readonly [codigo: string, nombre: string]

function nombrados(elegidos: readonly string[], region: string): Pais[] {
  const nombres = new Intl.DisplayNames(region, { type: 'region' })
  return elegidos.map((codigo) => [codigo, nombres.of(codigo) ?? codigo])
}

/** All countries by their names in the reader's language, in its order. */
export function paisesEn(region: string): Pais[] {
  const orden = new Intl.Collator(region)
  return nombrados(codigos, region).toSorted(([, a], [, b]) => orden.compare(a, b))
}

/** Only this one, if it is one: to be shown until there is time for all. */
export function soloPais(codigo: string, region: string): Pais[] {
  return codigos.includes(codigo) ? nombrados([codigo], region) : []
}

/** The country of a locale such as `es-EC`, if it says one. */
export function paisDe(region: string): string | undefined {
  const { region: codigo } = new Intl.Locale(region)
  return codigo !== undefined && codigos.includes(codigo) ? codigo : undefined
}
