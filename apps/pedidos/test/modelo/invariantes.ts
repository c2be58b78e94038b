import { saldo } from '../../src/domain/cobranza/cuenta.ts'
import type { Reglas } from './reglas.ts'
import { abierta, type CobroMundo, cuentaDe, etapa, type Mundo, netoDe, version } from './mundo.ts'

/** What must never be, in a sentence. */
export function fallaAqui(mundo: Mundo, { total }: Reglas): string | undefined {
  const { estado, intencion, apartado, plazo, reserva, rival, cobros } = mundo
  if (reserva !== '' && rival) return 'the unit is promised twice'
  if (mundo.pedidoDosVeces) return 'a refund is asked for that is on its way'
  const cobrados = cobros.filter(({ verdad }) => verdad.etapa === etapa.cobrado).length
  const devueltos = cobros.filter(({ verdad }) => verdad.devuelto === 1).length
  if (cobros.some(({ verdad }) => verdad.devuelto === 1 && verdad.etapa !== etapa.cobrado))
    return 'money is given back that was not taken'
  const debe = estado === 'Cancelado' ? 0 : total - mundo.abonado
  if (devueltos > 0 && cobrados - devueltos < debe) return 'money is given back that was owed'
  if (estado === 'Completado' && reserva !== 'vendida') return 'it is completed without goods'
  if (estado === 'Cancelado' && reserva !== '') return 'it is cancelled and keeps its stock'
  if (estado !== 'Pendiente' || intencion !== null) return undefined
  if (apartado === 'firme' && reserva !== 'firme') return 'firm stock is not there'
  if (apartado === 'plazo' && plazo !== 'agotado' && reserva !== 'plazo')
    return 'its stock is gone within its lease'
  return undefined
}

const deAcuerdo = ({ verdad, pedidos }: CobroMundo) => version(verdad) === version(pedidos)

/** What must not be where nothing is left that happens by itself. */
export function fallaEnReposo(mundo: Mundo, { total }: Reglas): string | undefined {
  const { estado, intencion, apartado, cobros } = mundo
  const tiene = netoDe(cobros[0].verdad) + netoDe(cobros[1].verdad)
  if (!cobros.every(deAcuerdo)) return 'what pedidos knows of a charge is not so'
  if (intencion !== null || (estado === 'Pendiente' && apartado !== 'firme'))
    return 'the order is stuck'
  if (tiene > (estado === 'Cancelado' ? 0 : total - mundo.abonado))
    return 'money is kept that is not owed'
  if (cobros.some(({ devolucion: una }) => una !== '' && una !== 'hecho'))
    return 'a refund is stuck'
  if (estado === 'Cancelado' && cobros.some(({ verdad }) => abierta(verdad)))
    return 'a cancelled order takes money'
  if (estado === 'Cancelado' && saldo(cuentaDe(mundo, total)) !== 0)
    return 'the books of a cancelled order are open'
  if (estado === 'Cancelado' && mundo.aTiempo) return 'who paid in time has no goods'
  return undefined
}
