const minutoMs = 60_000
const diaMs = 24 * 60 * minutoMs
/** No zone is further from UTC. */
const lejosMs = 15 * 60 * minutoMs

const formatos = new Map<string, Intl.DateTimeFormat>()

function formatoDe(zona: string): Intl.DateTimeFormat {
  const hecho = formatos.get(zona)
  if (hecho) return hecho
  // The one language that writes days as everybody's programs do.
  const formato = new Intl.DateTimeFormat('en-CA', { timeZone: zona, dateStyle: 'short' })
  formatos.set(zona, formato)
  return formato
}

/** The day of the calendar in `zona` as `YYYY-MM-DD`; `ms` since the epoch. */
const diaEn = (zona: string, ms: number) => formatoDe(zona).format(ms)

/** So many days later, of a day `YYYY-MM-DD` that there is. */
const masTarde = (dia: string, dias: number) =>
  new Date(Date.parse(dia) + dias * diaMs).toISOString().slice(0, 10)

/** The day in `zona`, so many days before `ahora`. */
export const diaDe = (zona: string, ahora: number, antes: number): string =>
  masTarde(diaEn(zona, ahora), -antes)

/** Whether it is in the calendar, which `Date` alone does not tell: it takes others for some other day. */
function existe(dia: string): boolean {
  const ms = /^[1-9]\d{3}-\d{2}-\d{2}$/.test(dia) ? Date.parse(dia) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(dia) && dia < '9999'
}

/**
 * The first moment of a day `YYYY-MM-DD` in `zona`, or of one `masDias` later: not midnight where clocks
 * are put forward then. Undefined for what is in no calendar.
 */
export function inicioDelDia(zona: string, dia = '', masDias = 0): string | undefined {
  if (!existe(dia)) return undefined
  const buscado = masTarde(dia, masDias)
  const enUtc = Date.parse(buscado)
  let [antes, desde] = [(enUtc - lejosMs) / minutoMs, (enUtc + lejosMs) / minutoMs]
  while (desde - antes > 1) {
    const medio = Math.floor((antes + desde) / 2)
    if (diaEn(zona, medio * minutoMs) < buscado) antes = medio
    else desde = medio
  }
  return new Date(desde * minutoMs).toISOString()
}
