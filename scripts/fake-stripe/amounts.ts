import { Refusal } from './objects.ts'

// https://docs.stripe.com/currencies, in the units of the API.

/** The least that is charged; of other currencies here nothing is too little. */
const least: Readonly<Record<string, number>> = {
  brl: 50,
  chf: 50,
  eur: 50,
  gbp: 30,
  jpy: 50,
  mxn: 1000,
  usd: 50,
}
const threeDecimals = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])
const wholeHundreds = new Set(['isk', 'ugx'])
const digits = 12

/** Refuses what Stripe does. */
export function checkAmount(amount: number, currency: string): void {
  if (!/^[a-z]{3}$/.test(currency)) throw new Refusal(`Invalid currency: ${currency}`)
  const step = threeDecimals.has(currency) ? 10 : wholeHundreds.has(currency) ? 100 : 1
  if (amount % step !== 0) throw new Refusal(`Invalid amount in ${currency}`, 'invalid_amount')
  if (amount < (least[currency] ?? 1)) {
    throw new Refusal('The total amount must be at least the minimum.', 'amount_too_small')
  }
  if (String(amount).length > digits) throw new Refusal('Too large.', 'amount_too_large')
}
