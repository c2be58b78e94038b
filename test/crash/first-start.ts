import type { Spot } from './victim.ts'

/** Auth makes two files, its key and everybody's credentials. */
export const firstStartSpots: readonly Spot[] = [
  'auth.openKeyRing.antes',
  'auth.openKeyRing.despues',
  'auth.serviceSecrets.antes',
  'auth.serviceSecrets.despues',
]
