/** For systems in which few customers stand for many: none of them is to meet what one may hold. */
export const noQuotas = {
  PEDIDOS_ABIERTOS: '1000000000',
  PEDIDOS_ABIERTOS_SIN_CONFIRMAR: '1000000000',
  UNIDADES_APARTADAS: '1000000000',
  UNIDADES_APARTADAS_SIN_CONFIRMAR: '1000000000',
} as const
