// ISO 4217, list one: the currencies that have a minor unit, by how many decimals it makes. What
// `Intl` knows of it differs from engine to engine, so that one shop would have two truths about an
// amount: it may write amounts, with the decimals that it is told, and never says how many they are.

const sinDecimales = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
const conTres = 'BHD IQD JOD KWD LYD OMR TND'
const conCuatro = 'CLF UYW'
/** ANG, BGN and CUC are withdrawn, and stay for the shops that have prices in them. */
const conDos = `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP
BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`

const tiene = (lista: string, moneda: string) => lista.split(/\s/).includes(moneda)

/** How many decimals amounts of a currency have; 2 for a code that there is not. */
export function decimalesDe(moneda: string): number {
  if (tiene(sinDecimales, moneda)) return 0
  if (tiene(conTres, moneda)) return 3
  return tiene(conCuatro, moneda) ? 4 : 2
}

/** Every currency that prices can be in. */
export const monedasIso = () =>
  [sinDecimales, conDos, conTres, conCuatro].flatMap((lista) => lista.split(/\s/)).toSorted()
