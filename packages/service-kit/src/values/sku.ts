import { claveDeIdentidad } from './identity-key.ts'

/** What tells SKUs apart; two with one key are one product's. */
export const claveSku = claveDeIdentidad
