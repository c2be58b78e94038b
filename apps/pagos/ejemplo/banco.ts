// The bank of the example: what becomes of a charge. A real program asks its bank, and keeps what that says.

export interface Cobro {
  readonly cobroId: string
  readonly referencia: string
  readonly numero: number
  readonly importe: number
  readonly moneda: string
  readonly volverA?: string
  readonly idioma?: 'es' | 'en'
  readonly soloAutorizar: boolean
  expiraEn: string
  movimientos: { tipo: string; importe: number; referencia: string; en: string }[]
  reembolsos: { referencia: string; clave: string; importe: number; estado: string }[]
  capturas: string[]
  vale: boolean
  anulado: boolean
  ultimoRechazo?: string
  disputa?: string
}

/** Will not be done, however often it is asked for. */
export class Rechazo extends Error {
  readonly codigo: string

  constructor(codigo: string, mensaje: string) {
    super(mensaje)
    this.codigo = codigo
  }
}

function exigir(bien: boolean, codigo: string, mensaje: string): void {
  if (!bien) throw new Rechazo(codigo, mensaje)
}

const ahora = () => new Date().toISOString()
const suma = (cobro: Cobro, tipo: string) =>
  cobro.movimientos.reduce((hasta, uno) => hasta + (uno.tipo === tipo ? uno.importe : 0), 0)
const retenido = (cobro: Cobro) => suma(cobro, 'autorizacion') - suma(cobro, 'anulacion')

function anotar(cobro: Cobro, tipo: string, importe: number, nombre?: string): void {
  const referencia = nombre ?? crypto.randomUUID()
  if (importe > 0) cobro.movimientos.push({ tipo, importe, referencia, en: ahora() })
}

export function abrir(pedido: Cobro): Cobro {
  exigir(pedido.importe > 0, 'importe', 'there is nothing to pay')
  const nada = { movimientos: [], reembolsos: [], capturas: [], vale: false, anulado: false }
  return { ...pedido, ...nada, referencia: `cob_${crypto.randomUUID()}` }
}

export function estadoDe(cobro: Cobro): string {
  if (suma(cobro, 'captura') > 0) return 'cobrado'
  if (retenido(cobro) > 0) return 'autorizado'
  if (cobro.vale) return 'en-proceso'
  return cobro.anulado || Date.parse(cobro.expiraEn) <= Date.now() ? 'cerrado' : 'abierto'
}

/** The charge, whole, as it is asked for. */
export function verdad(cobro: Cobro): object {
  const { moneda, cobroId, movimientos, reembolsos, disputa, ultimoRechazo } = cobro
  const estado = estadoDe(cobro)
  const causa = estado === 'cerrado' ? (cobro.anulado ? 'anulado' : 'vencido') : undefined
  return { estado, causa, moneda, cobroId, movimientos, reembolsos, disputa, ultimoRechazo }
}

export function pagar(cobro: Cobro): void {
  exigir(['abierto', 'en-proceso'].includes(estadoDe(cobro)), 'cerrado', 'it is paid no more')
  cobro.vale = false
  anotar(cobro, cobro.soloAutorizar ? 'autorizacion' : 'captura', cobro.importe)
}

/** Says that it was paid, rather than closing what was. */
export function cerrar(cobro: Cobro): void {
  if (!['abierto', 'en-proceso', 'autorizado'].includes(estadoDe(cobro))) return
  anotar(cobro, 'anulacion', retenido(cobro))
  cobro.vale = false
  cobro.anulado = true
}

export function capturar(cobro: Cobro, importe: number, clave: string): void {
  if (cobro.capturas.includes(clave)) return
  const quedan = retenido(cobro) - suma(cobro, 'captura')
  exigir(importe > 0 && importe <= quedan, 'importe-excedido', `${quedan} is held`)
  anotar(cobro, 'captura', importe)
  anotar(cobro, 'anulacion', quedan - importe)
  cobro.capturas.push(clave)
}

export function reembolsar(cobro: Cobro, importe: number, clave: string): void {
  if (cobro.reembolsos.some((uno) => uno.clave === clave)) return
  const vuelto = suma(cobro, 'reembolso') - suma(cobro, 'reembolso-revertido')
  const quedan = suma(cobro, 'captura') - suma(cobro, 'contracargo') - vuelto
  exigir(importe > 0 && importe <= quedan, 'importe-excedido', `${quedan} is left`)
  cobro.reembolsos.push({ referencia: clave, clave, importe, estado: 'hecho' })
  anotar(cobro, 'reembolso', importe, clave)
}

/** What befalls charges, for `bun run probar-proveedor`. */
export const pruebas: Readonly<Record<string, (cobro: Cobro) => void>> = {
  pagar,
  pagarVale: pagar,
  rechazar: (cobro) => (cobro.ultimoRechazo = 'fondos-insuficientes'),
  vencer: (cobro) => (cobro.expiraEn = ahora()),
  imprimirVale: (cobro) => (cobro.vale = true),
  vencerVale: (cobro) => Object.assign(cobro, { vale: false, expiraEn: ahora() }),
  fallarReembolso(cobro) {
    const [uno] = cobro.reembolsos
    if (!uno) return
    uno.estado = 'fallido'
    anotar(cobro, 'reembolso-revertido', uno.importe, uno.referencia)
  },
  disputar(cobro) {
    cobro.disputa = 'abierta'
    anotar(cobro, 'contracargo', cobro.importe)
  },
  ganarDisputa(cobro) {
    cobro.disputa = 'ganada'
    anotar(cobro, 'contracargo-revertido', cobro.importe)
  },
  perderDisputa: (cobro) => (cobro.disputa = 'perdida'),
}
