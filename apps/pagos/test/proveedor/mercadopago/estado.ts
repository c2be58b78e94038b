import { decimalesDe } from '@encargo/service-kit/values/monedas'

// What a Mercado Pago of one account holds, and what its rules are. Amounts are units, as there.

export interface Preferencia {
  readonly id: string
  readonly external_reference: string
  readonly items: readonly { title: string; currency_id: string; unit_price: number }[]
  readonly back_urls: Readonly<Record<string, string>>
  readonly date_created: string
  readonly date_of_expiration: string | null
  expires: boolean
  expiration_date_to: string | null
}

export interface Devolucion {
  readonly id: number
  readonly amount: number
  readonly date_created: string
  status: 'in_process' | 'approved' | 'rejected'
}

export interface Pago {
  readonly id: number
  readonly external_reference: string
  readonly currency_id: string
  readonly transaction_amount: number
  readonly date_created: string
  readonly refunds: Devolucion[]
  status: string
  status_detail: string
  date_approved: string | null
  date_last_updated: string
  date_of_expiration: string | null
}

export interface Contracargo {
  readonly id: string
  readonly payments: readonly number[]
  readonly amount: number
  readonly currency: string
  readonly date_created: string
  coverage_applied: boolean | null
}

/** A refusal in their form. */
export class Negado extends Error {
  readonly status: number
  readonly codigo: number

  constructor(status: number, codigo: number, message: string) {
    super(message)
    this.status = status
    this.codigo = codigo
  }
}

export const comoAlli = (ms: number) => new Date(ms).toISOString().replace('Z', '-00:00')
const enteras = new Set(['CLP', 'COP', 'HNL', 'NIO', 'PYG'])

const centavos = (unidades: number) => Math.round(unidades * 100)

export type Estado = ReturnType<typeof crearEstado>

export function crearEstado(ahora: () => number) {
  const preferencias = new Map<string, Preferencia>()
  const pagos = new Map<number, Pago>()
  const contracargos = new Map<number, Contracargo>()
  const notas: { tipo: string; dataId: string; accion: string; cobroId: string; id: number }[] = []
  let serie = 1_312_000_000
  const siguiente = () => (serie += 1)
  const iso = () => comoAlli(ahora())

  const avisar = (pago: Pago, accion: string) =>
    notas.push({
      tipo: 'payment',
      dataId: String(pago.id),
      accion,
      cobroId: pago.external_reference,
      id: siguiente(),
    })
  const cambiar = (pago: Pago, status: string, detalle: string) => {
    pago.status = status
    pago.status_detail = detalle
    pago.date_last_updated = iso()
    if (status === 'approved') pago.date_approved ??= iso()
    avisar(pago, 'payment.updated')
  }

  function preferenciaDe(id: string): Preferencia {
    const vista = preferencias.get(id)
    if (!vista) throw new Negado(404, 404, 'preference not found')
    return vista
  }
  function pagoDe(id: number): Pago {
    const visto = pagos.get(id)
    if (!visto) throw new Negado(404, 2000, 'Payment not found')
    return visto
  }

  function abrir(pedida: Omit<Preferencia, 'id' | 'date_created'>): Preferencia {
    const [item] = pedida.items
    if (!item || !(item.unit_price > 0)) throw new Negado(400, 400, 'unit_price invalid')
    const sobran = enteras.has(item.currency_id) && !Number.isInteger(item.unit_price)
    const exacto = Number(item.unit_price.toFixed(Math.min(2, decimalesDe(item.currency_id))))
    if (sobran || exacto !== item.unit_price) throw new Negado(400, 400, 'unit_price invalid')
    const nueva = { ...pedida, id: `8102-${crypto.randomUUID()}`, date_created: iso() }
    preferencias.set(nueva.id, nueva)
    return nueva
  }

  /** Somebody tries to pay at the page of a preference. */
  function intentar(id: string, status: string, detalle: string): Pago {
    const preferencia = preferenciaDe(id)
    const { expires, expiration_date_to: fin } = preferencia
    if (expires && fin && Date.parse(fin) <= ahora()) throw new Negado(400, 400, 'expired')
    const [item] = preferencia.items
    return anotar({
      external_reference: preferencia.external_reference,
      currency_id: item?.currency_id ?? '',
      transaction_amount: item?.unit_price ?? 0,
      status,
      status_detail: detalle,
      date_of_expiration: status === 'pending' ? preferencia.date_of_expiration : null,
    })
  }

  function anotar(
    dado: Omit<Pago, 'id' | 'refunds' | 'date_created' | 'date_approved' | 'date_last_updated'>,
  ): Pago {
    const pago: Pago = {
      ...dado,
      id: siguiente(),
      refunds: [],
      date_created: iso(),
      date_approved: dado.status === 'approved' ? iso() : null,
      date_last_updated: iso(),
    }
    pagos.set(pago.id, pago)
    avisar(pago, 'payment.created')
    return pago
  }

  const devuelto = (pago: Pago, estados: readonly string[]) =>
    pago.refunds
      .filter(({ status }) => estados.includes(status))
      .reduce((suma, { amount }) => suma + centavos(amount), 0)

  function devolver(id: number, amount: number): Devolucion {
    const pago = pagoDe(id)
    if (!['approved', 'refunded'].includes(pago.status)) {
      throw new Negado(400, 2063, 'The action requested is not valid for the current payment state')
    }
    const quedan = centavos(pago.transaction_amount) - devuelto(pago, ['approved', 'in_process'])
    if (!(amount > 0) || centavos(amount) > quedan) throw new Negado(400, 4040, 'amount exceeds')
    const nueva: Devolucion = {
      id: siguiente(),
      amount,
      date_created: iso(),
      status: 'in_process',
    }
    pago.refunds.push(nueva)
    avisar(pago, 'payment.updated')
    return nueva
  }

  function resolverDevolucion(pago: Pago, una: Devolucion, status: Devolucion['status']): void {
    una.status = status
    const hecho = devuelto(pago, ['approved'])
    if (hecho === centavos(pago.transaction_amount)) cambiar(pago, 'refunded', 'refunded')
    else cambiar(pago, 'approved', hecho > 0 ? 'partially_refunded' : 'accredited')
  }

  function anular(id: number): Pago {
    const pago = pagoDe(id)
    if (!['pending', 'in_process'].includes(pago.status)) {
      throw new Negado(400, 2063, 'The action requested is not valid for the current payment state')
    }
    cambiar(pago, 'cancelled', 'by_collector')
    return pago
  }

  function disputar(pago: Pago): void {
    contracargos.set(pago.id, {
      id: `2170${pago.id}`,
      payments: [pago.id],
      amount: pago.transaction_amount,
      currency: pago.currency_id,
      date_created: iso(),
      coverage_applied: null,
    })
    cambiar(pago, 'charged_back', 'in_process')
  }

  function fallar(pago: Pago, ganada: boolean): void {
    const suyo = contracargos.get(pago.id)
    if (!suyo) throw new Negado(404, 404, 'no chargeback')
    suyo.coverage_applied = ganada
    cambiar(pago, 'charged_back', ganada ? 'reimbursed' : 'settled')
  }

  return {
    preferencias,
    pagos,
    contracargos,
    notas,
    preferenciaDe,
    pagoDe,
    abrir,
    intentar,
    anotar,
    devolver,
    resolverDevolucion,
    anular,
    disputar,
    fallar,
    cambiar,
  }
}
