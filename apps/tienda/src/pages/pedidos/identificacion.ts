import type { Facturacion } from '@encargo/client'
import type { Textos } from '../../textos/tipo.ts'

/** "RUC 1790011674001" */
export const identificacionEscrita = (
  t: Pick<Textos, 'identificacion'>,
  { tipo, numero }: Facturacion['identificacion'],
): string => `${t.identificacion.tipos[tipo]} ${numero}`
