/** What has come of a provider's notice; `ajeno`: it is of no charge that is known here. */
export const estadosAviso = ['pendiente', 'hecho', 'ajeno'] as const
export type EstadoAviso = (typeof estadosAviso)[number]
