/**
 * What of a credit is tax, so that all credits of an order together hold no more tax than it: what of
 * `antes + importe` is, less what of `antes` was. Amounts in minor units, `total` above 0.
 */
export function impuestoDeAbono(de: {
  readonly total: number
  readonly impuesto: number
  readonly antes: number
  readonly importe: number
}): number {
  const hasta = (parte: number) =>
    Number((BigInt(de.impuesto) * BigInt(parte)) / BigInt(Math.max(1, de.total)))
  return hasta(de.antes + de.importe) - hasta(de.antes)
}
