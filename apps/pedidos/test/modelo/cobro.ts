import { type Al, escribir, type Reglas } from './reglas.ts'
import {
  abierta,
  anunciada,
  type CobroMundo,
  conCobro,
  type Copia,
  conVerdad,
  type Cual,
  etapa,
  type Mundo,
  netoDe,
  version,
} from './mundo.ts'

/** What becomes of a charge at its provider. Charge 0 is a card's, 1 may be a voucher. */
export function proveedor(
  { mundo, segun, puede, llega }: Al,
  cual: Cual,
  { verdad, cerrar }: CobroMundo,
) {
  const queda = (cambio: Partial<Copia>) => conVerdad(mundo, cual, cambio)
  const cerrado = queda({ etapa: etapa.cerrado })
  if (puedeCerrar(verdad) && cerrar) llega(`pagos closes charge ${cual}`, cerrado)
  switch (verdad.etapa) {
    case etapa.creado:
      return llega(`charge ${cual} is opened`, queda({ etapa: etapa.abierto }))
    case etapa.abierto:
    case etapa.enProceso:
      if (verdad.etapa === etapa.abierto)
        if (cual === 0) puede('charge 0 is authorised', queda({ etapa: etapa.autorizado }))
        else puede('a voucher is printed of charge 1', queda({ etapa: etapa.enProceso }))
      llega(`the time of charge ${cual} is over`, cerrado)
      return puede(`charge ${cual} is paid`, pagado(queda({ etapa: etapa.cobrado }), cual, segun))
    case etapa.autorizado:
      if (mundo.capturar) llega('the promised money is taken', queda({ etapa: etapa.cobrado }))
      return llega('the promise of charge 0 lapses', cerrado)
    case etapa.cerrado:
      return puede(`closed charge ${cual} is paid after all`, queda({ etapa: etapa.cobrado }))
    default:
      if (cual === 0 && verdad.disputa === 0)
        puede('charge 0 is disputed', { ...queda({ disputa: 1 }), aTiempo: false })
      if (verdad.disputa !== 1) return
      llega('the dispute is won', queda({ disputa: 2 }))
      llega('the dispute is lost', queda({ disputa: 3 }))
  }
}

/** An open charge took money: is all of it there, and had the order been promised its stock? */
function pagado(mundo: Mundo, cual: Cual, { total }: Reglas): Mundo {
  const { estado, intencion, plazo, paciencia, abonado, cobros } = mundo
  const otro = cobros[cual === 0 ? 1 : 0]
  const todo = 1 + Math.min(netoDe(otro.verdad), netoDe(otro.pedidos)) >= total - abonado
  const prometido = estado === 'Pendiente' && intencion !== 'cancelar' && paciencia !== 'acabada'
  return todo && prometido && plazo !== 'agotado' ? { ...mundo, aTiempo: true } : mundo
}

export const puedeCerrar = (copia: Copia): boolean =>
  abierta(copia) && copia.etapa !== etapa.enProceso

/** What pagos tells is whole, and is taken if it is newer. */
export function contar(mundo: Mundo, cual: Cual, copia: Copia, segun: Reglas): Mundo {
  const { verdad, pedidos, encargo, ...cobro } = mundo.cobros[cual]
  const viejo = version(copia) < version(pedidos)
  if (viejo && segun.falta !== 'believes what is older than it knows') return mundo
  const cerrar = cobro.cerrar && abierta(copia)
  const capturar = mundo.capturar && (cual === 1 || abierta(copia))
  const fin = copia.devuelto ? 'hecho' : encargo === 'fallido' ? 'fallido' : cobro.devolucion
  const devolucion = cobro.devolucion === '' ? '' : fin
  const contado = cobro.contado || version(copia) === version(verdad)
  const sabido = conCobro(mundo, cual, { pedidos: copia, devolucion, cerrar, contado })
  return escribir({ ...sabido, capturar }, segun)
}

export function pagos({ mundo, segun, puede, llega }: Al, cual: Cual, cobro: CobroMundo): void {
  const { verdad, pedidos, contado } = cobro
  if (!contado) {
    const oido = contar(mundo, cual, verdad, segun)
    // A notice may be lost, so nobody counts on it; asking is what pagos does by itself.
    const calla = segun.falta === 'never asks for closed charges again'
    if (calla && pedidos.etapa === etapa.cerrado) puede(`a notice tells of charge ${cual}`, oido)
    else llega(`pagos asks and tells of charge ${cual}`, oido)
  }
  const viejo = contar(mundo, cual, { ...anunciada, etapa: etapa.abierto }, segun)
  if (viejo !== mundo && verdad.etapa > etapa.abierto)
    puede(`what was told first of charge ${cual} comes late, or again`, viejo)
}

export function devolver({ mundo, puede, llega }: Al, cual: Cual, cobro: CobroMundo): void {
  const { verdad, devolucion, encargo } = cobro
  const cambia = (cambio: Partial<CobroMundo>) => conCobro(mundo, cual, cambio)
  const devuelta = conVerdad(mundo, cual, { devuelto: 1 })
  if (devolucion === 'por-pedir') {
    const pedido = encargo === '' ? 'pedido' : encargo
    llega(
      `the refund of charge ${cual} is asked for`,
      cambia({ devolucion: 'pedido', encargo: pedido }),
    )
    if (encargo === '')
      puede(
        `the refund of charge ${cual} is asked for, and pedidos dies`,
        cambia({ encargo: pedido }),
      )
  }
  if (encargo === 'pedido' && !verdad.devuelto) {
    llega(`charge ${cual} is refunded`, devuelta)
    llega(`the refund of charge ${cual} fails`, cambia({ encargo: 'fallido', contado: false }))
  }
  if (devolucion === 'fallido' && !verdad.devuelto)
    llega(`charge ${cual} is given back by hand`, devuelta)
}
