import type { CasosDeUso } from '../app/index.ts'
import { propositos } from '../domain/pedido.ts'

const iso = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())

/** What is told of also while nothing of it waits, and as what; other kinds go by their own name. */
const nombres: Readonly<Record<string, string>> = {
  ...Object.fromEntries(propositos.map((uno) => [uno, uno])),
  'soltar-reserva': 'reservasPorLiberar',
  reponer: 'anuladosPorReponer',
  'olvidar-cliente': 'clientesPorBorrar',
  reembolsar: 'reembolsosPorPedir',
  'cerrar-cobro': 'cobrosPorCerrar',
  'capturar-cobro': 'cobrosPorCapturar',
}

/** How many of what wait, or how many of them have failed. */
export function cuantas({ driver }: CasosDeUso, campo: 'cuantas' | 'fallidas' = 'cuantas') {
  const ninguna = Object.keys(nombres).map((que) => [que, 0] as const)
  const algunas = driver.espera.pendientes.map((una) => [una.que, una[campo]] as const)
  return new Map([...ninguna, ...algunas])
}

/** Since when the oldest of what waits has waited. */
export const masVieja = ({ driver }: CasosDeUso): number | undefined =>
  driver.espera.pendientes.map(({ desde }) => desde).toSorted((a, b) => a - b)[0]

/**
 * What waits for another service, since when and why, for `/readyz`. `borradosLeidosEn` says as of
 * when it is known who was erased, null before that was first asked, which only the process on duty does
 * (`deGuardia`); `reservasSinPedido` waits for a person.
 */
export const verEspera = (casos: CasosDeUso) => ({
  ...Object.fromEntries([...cuantas(casos)].map(([que, n]) => [nombres[que] ?? que, n])),
  reservasSinPedido: casos.driver.espera.sinPedido ?? 0,
  deGuardia: casos.driver.deGuardia,
  borradosLeidosEn: iso(casos.listaDeBorrados.leidaEn),
  desde: iso(masVieja(casos)),
  motivo: casos.driver.espera.ultimoError ?? null,
})
