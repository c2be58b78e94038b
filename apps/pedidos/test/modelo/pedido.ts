import { type Al, escribir, type Reglas } from './reglas.ts'
import { contar, puedeCerrar } from './cobro.ts'
import { abierta, ambos, anunciada, conCobro, conVerdad, etapa, type Mundo } from './mundo.ts'

export function pendiente(al: Al): void {
  const { mundo, segun, puede, llega } = al
  const { plazo, intencion, reserva } = mundo
  if (mundo.rival) puede('the rival leaves the unit', { ...mundo, rival: false })
  else if (reserva === '') puede('a rival takes the unit', { ...mundo, rival: true })
  if (mundo.apartado === 'plazo') {
    const sinMargen = segun.falta === 'asks inventario for no longer than the order has'
    if (plazo === 'corre' && !sinMargen) llega('its lease ends', { ...mundo, plazo: 'vencido' })
    else if (plazo !== 'agotado')
      llega('its reservation runs out', {
        ...mundo,
        plazo: 'agotado',
        reserva: reserva === 'plazo' ? '' : reserva,
        // Who paid in time may count on the margin: pedidos was away for longer.
        aTiempo: mundo.aTiempo && sinMargen,
      })
    if (plazo !== 'corre' && intencion === null)
      llega('pedidos sets out to end it', { ...mundo, intencion: 'expirar' })
  }
  if (intencion === null) personas(al)
  else cumplir(al)
}

function personas(al: Al): void {
  const { mundo, segun, puede } = al
  const { apartado, plazo, cobros } = mundo
  puede('it is cancelled', { ...mundo, intencion: 'cancelar', aTiempo: false })
  const { pagado } = segun.mirar(mundo)
  if (pagado || segun.confia) puede('staff completes it', { ...mundo, intencion: 'completar' })
  if (!pagado && cobros[0].pedidos.etapa === etapa.autorizado)
    puede('staff has the promised money taken', { ...mundo, capturar: true })
  if (segun.confia && apartado === 'plazo')
    puede('staff makes its stock firm', { ...mundo, intencion: 'asegurar' })
  if (plazo !== 'agotado') anunciar({ ...al, mundo: { ...mundo, plazo: 'corre' } })
}

/** What is paid and owed of it beside what it sets out for: not of a cancelled one. */
export function cuentas(al: Al): void {
  const { mundo, segun, puede } = al
  const { estado, abonado } = mundo
  if (segun.confia && abonado === 0)
    puede('staff takes one charge off its price', escribir({ ...mundo, abonado: 1 }, segun))
  if (estado === 'Completado') anunciar(al)
}

/** Its customer opens a charge, of what is not paid. */
function anunciar({ mundo, segun, puede }: Al): void {
  const cual = ambos.find((uno) => mundo.cobros[uno].pedidos.etapa === etapa.nada)
  if (cual === undefined || !segun.mirar(mundo).admite) return
  const abierto = conCobro(mundo, cual, { verdad: anunciada, pedidos: anunciada })
  puede(`charge ${cual} is announced`, escribir(abierto, segun))
}

/** The driver of what the order has set out for: asks, hears, writes; it may die in between. */
function cumplir(al: Al): void {
  const { mundo, segun, puede, llega } = al
  const { intencion, respuesta, reserva } = mundo
  if (respuesta !== '') {
    puede('pedidos dies before it writes that', { ...mundo, respuesta: '' })
    return llega(`${intencion} ends: ${respuesta}`, terminar(mundo, segun))
  }
  switch (intencion) {
    case 'completar':
      return reserva === '' ? oir(al, 'cerrada') : oir(al, 'confirmada', { reserva: 'vendida' })
    case 'cancelar':
      return oir(al, 'liberada', { reserva: '' })
    case 'asegurar':
      return asegurar(al)
    case 'reapartar':
      return mundo.rival ? oir(al, 'sin-existencias') : oir(al, 'firme', { reserva: 'firme' })
    case 'expirar':
      return expirar(al)
  }
}

/** inventario does it, and says so. */
const oir = (
  { mundo, llega }: Al,
  respuesta: Mundo['respuesta'],
  cambio: Partial<Mundo> = {},
): void =>
  llega(`inventario answers ${mundo.intencion}: ${respuesta}`, { ...mundo, ...cambio, respuesta })

const asegurar = (al: Al): void =>
  al.mundo.reserva === '' ? oir(al, 'cerrada') : oir(al, 'firme', { reserva: 'firme' })

/** Closes what is open, and only then lets go of the stock; or waits once more. */
function expirar(al: Al): void {
  const { mundo, segun, puede, llega } = al
  const { cobros, paciencia, reserva } = mundo
  const suelta: Partial<Mundo> = { reserva: '' }
  if (segun.falta === 'lets go of stock before charges are closed')
    return oir(al, 'liberada', suelta)
  if (mundo.apartado === 'plazo' && segun.mirar(mundo).cubierto) return asegurar(al)
  const abiertos = ambos.filter((cual) => abierta(cobros[cual].pedidos))
  if (abiertos.length === 0) return oir(al, 'liberada', suelta)
  for (const cual of abiertos) {
    const { verdad, contado } = cobros[cual]
    const cierra = puedeCerrar(verdad)
    const despues = cierra ? conVerdad(mundo, cual, { etapa: etapa.cerrado }) : mundo
    const dice = `pagos is asked to close charge ${cual}`
    if (cierra) puede(`${dice}, and pedidos dies`, despues)
    if (cierra || !contado) llega(dice, contar(despues, cual, despues.cobros[cual].verdad, segun))
  }
  // Its provider is away, or it can't be closed.
  if (paciencia === 'entera' && reserva === 'plazo')
    llega('a charge can not be closed now: the lease is lengthened', {
      ...mundo,
      intencion: null,
      plazo: 'corre',
      paciencia: 'gastada',
    })
  else oir(al, 'liberada', { ...suelta, paciencia: 'acabada', aTiempo: false })
}

/** What is written at the end of a purpose, by what inventario said and the account as it is by then. */
function terminar(mundo: Mundo, segun: Reglas): Mundo {
  const { respuesta, intencion, cobros } = mundo
  const fin = (cambio: Partial<Mundo>) =>
    escribir({ ...mundo, intencion: null, respuesta: '', ...cambio }, segun)
  const alFin = { plazo: 'corre', paciencia: 'entera' } as const
  // Who has the unit then is not its affair any more.
  const acabado = { ...alFin, apartado: 'plazo', rival: false } as const
  const cancelado = () => fin({ ...acabado, estado: 'Cancelado' })
  switch (respuesta) {
    case 'firme':
      return fin({ ...alFin, apartado: 'firme' })
    case 'confirmada':
      return fin({ ...acabado, estado: 'Completado', aTiempo: false })
    case 'cerrada':
      return intencion === 'completar' ? cancelado() : fin({ apartado: 'vencido' })
    case 'liberada': {
      const espera = segun.mirar(mundo).cubierto || cobros.some(({ pedidos }) => abierta(pedidos))
      const suelta = segun.falta === 'lets go of stock before charges are closed'
      return espera && intencion === 'expirar' && !suelta
        ? fin({ apartado: 'vencido' })
        : cancelado()
    }
    default:
      return cancelado()
  }
}
