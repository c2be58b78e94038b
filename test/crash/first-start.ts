import type { Spot } from './victim.ts'

/** Auth makes two files, its key and everybody's credentials. */
export const firstStartSpots: readonly Spot[] = [
  'servicio.archivo.crear.antes',
  'servicio.archivo.crear.despues',
  'servicio.archivo.crear.antes:2',
  'servicio.archivo.crear.despues:2',
]
