import { enDosLenguas } from './lenguas.ts'

export const textosPanel = enDosLenguas({ titulo: 'Panel' }, { titulo: 'Dashboard' })
