import type { Fulfiller } from '@encargo/service-kit/obligations/fulfil'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { Autoria } from '../domain/auditoria.ts'
import type { MetodoPago } from '../domain/metodo.ts'
import { vale } from '../domain/metodo.ts'
import { plazosDe } from '../domain/plazo.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Clave } from '../ports/cobros.ts'
import type { Pedido } from '../ports/pedidos.ts'
import { abrirCobro } from './abrir.ts'
import { contarYa } from './contar.ts'
import { cuando, type Deps, graciaMs } from './deps.ts'
import { cerrarCobro } from './proveedor.ts'

export interface PeticionCobro {
  /** Of which order, and who asks: by a token that pedidos knows, or by the order's link. */
  readonly de: { readonly pedidoId: string; readonly token: string } | { readonly enlace: string }
  readonly metodo: string
  readonly volverA: string | null
  /** A part of what is owed; without it all of it. */
  readonly importe: number | undefined
  /** It was received already, by hand. */
  readonly captura: { readonly referencia?: string; readonly recibidoEn?: number } | undefined
  readonly clave: { readonly clave: string; readonly huella: string } | undefined
  /** Undefined for who has nothing but the link. */
  readonly quien: Omit<Autoria, 'ahora'> | undefined
  /** Whether that is somebody of the staff, whose acts are noted. */
  readonly personal: boolean
}

export type Cobrado =
  | { readonly tipo: 'hecho'; readonly cobro: CobroEntero; readonly metodo: MetodoPago | undefined }
  | { readonly tipo: 'no-encontrado' | 'no-cobrable' | 'distinta' | 'no-manual' }
  | { readonly tipo: 'metodo-no-disponible' | 'referencia-repetida' }
  | { readonly tipo: 'excedido'; readonly queda: number }
  /** Its provider would not have it. */
  | { readonly tipo: 'rechazado'; readonly codigo: string | null }

/**
 * A charge of what an order owes. Its row is on disk before anybody hears of it, and whatever fails after
 * that the driver ends.
 */
export async function cobrar(
  deps: Deps,
  cumplidor: Fulfiller,
  peticion: PeticionCobro,
  call: CallContext,
): Promise<Cobrado> {
  const pedido = await pedidoDe(deps, peticion.de, call)
  if (!pedido) return { tipo: 'no-encontrado' }
  const quien = peticion.quien?.actorId ?? `enlace ${pedido.id}`
  const clave = peticion.clave && { usuarioId: quien, ...peticion.clave }
  const metodo = (await deps.store.metodos()).find(({ codigo }) => codigo === peticion.metodo)
  const previo = clave && (await deps.store.deClave(clave, deps.clock.epochMs()))
  if (previo === 'distinta') return { tipo: 'distinta' }
  const creado = previo ?? (await crear(deps, { peticion, pedido, metodo, clave, quien }, call))
  if ('tipo' in creado) return creado
  const abierto = await abrirCobro(deps, creado, pedido, call)
  if (abierto.causa === 'rechazado') return { tipo: 'rechazado', codigo: abierto.ultimoRechazo }
  if (abierto.estado === 'cerrado') return { tipo: 'no-cobrable' }
  if (!peticion.captura || !peticion.quien) return { tipo: 'hecho', cobro: abierto, metodo }
  const recibido = await recibir(deps, abierto, peticion.captura, peticion.quien, call)
  if (recibido !== 'hecho') {
    // A charge that only this money was for waits for no other.
    await contarYa(cumplidor, await cerrarCobro(deps, abierto, call), call)
    return { tipo: recibido }
  }
  const cobro = (await deps.store.cobro(abierto.id)) ?? abierto
  await contarYa(cumplidor, cobro, call)
  return { tipo: 'hecho', cobro, metodo }
}

async function pedidoDe({ pedidos }: Deps, de: PeticionCobro['de'], call: CallContext) {
  if ('pedidoId' in de) return await pedidos.pedido(de.pedidoId, de.token, call)
  const id = await pedidos.deEnlace(de.enlace, call)
  return id === undefined ? undefined : await pedidos.pedido(id, undefined, call)
}

interface PorCrear {
  readonly peticion: PeticionCobro
  readonly pedido: Pedido
  readonly metodo: MetodoPago | undefined
  readonly clave: Clave | undefined
  readonly quien: string
}

async function crear(
  deps: Deps,
  { peticion, pedido, metodo, clave, quien }: PorCrear,
  call: CallContext,
): Promise<CobroEntero | Exclude<Cobrado, { tipo: 'hecho' }>> {
  const { importe = pedido.porCobrar } = peticion
  if (pedido.porCobrar === 0) return { tipo: 'no-cobrable' }
  if (importe > pedido.porCobrar) return { tipo: 'excedido', queda: pedido.porCobrar }
  const proveedor = metodo && deps.proveedores.get(metodo.proveedor)
  if (!proveedor || !vale(metodo, { total: importe })) return { tipo: 'metodo-no-disponible' }
  // What can't be said exactly there is not charged.
  if (proveedor.importe(importe, pedido.moneda) === null) return { tipo: 'metodo-no-disponible' }
  if (peticion.captura && metodo.proveedor !== 'manual') return { tipo: 'no-manual' }
  const { ahora, traza } = cuando(deps, call)
  const cobro = {
    id: deps.uuid(),
    pedidoId: pedido.id,
    numero: pedido.numero,
    clienteId: pedido.clienteId,
    creadoPor: quien,
    metodo: metodo.codigo,
    proveedor: metodo.proveedor,
    momento: metodo.momento,
    importe,
    moneda: pedido.moneda,
    volverA: peticion.volverA,
    ...plazosDe(proveedor, metodo.plazoSegundos, ahora),
  }
  const proximaEn = ahora + graciaMs
  const por = peticion.personal && peticion.quien ? { ...peticion.quien, ahora } : undefined
  const creado = await deps.store.crear({ cobro, clave, por, ahora, traza, proximaEn })
  return creado.tipo === 'distinta' ? { tipo: 'distinta' } : creado.cobro
}

/** Writes down what was received by hand, once: the charge's own id names it where nothing else does. */
async function recibir(
  deps: Deps,
  cobro: CobroEntero,
  { referencia = cobro.id, recibidoEn }: NonNullable<PeticionCobro['captura']>,
  quien: Omit<Autoria, 'ahora'>,
  call: CallContext,
): Promise<'hecho' | 'no-manual' | 'referencia-repetida' | 'no-encontrado' | 'distinta'> {
  const suya = cobro.movimientos.some(
    (uno) => uno.tipo === 'captura' && uno.referencia === referencia,
  )
  if (suya) return 'hecho'
  const { ahora, traza } = cuando(deps, call)
  const { tipo } = await deps.store.capturar({
    cobroId: cobro.id,
    importe: cobro.importe,
    referencia,
    recibidoEn: recibidoEn ?? ahora,
    aceptarExceso: false,
    clave: undefined,
    por: { ...quien, ahora },
    ahora,
    traza,
  })
  return tipo === 'excedido' || tipo === 'demasiado' ? 'hecho' : tipo
}
