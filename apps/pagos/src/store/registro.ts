import { saldar } from '@encargo/service-kit/obligations/statements'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import { derivedId } from '@encargo/service-kit/values/derived-id'
import { esperaDinero, netoDe } from '@encargo/service-kit/values/cobros'
import { type Asked, type Script, together } from '@encargo/storage'
import type { Cobro } from '../domain/cobro.ts'
import * as deberes from '../domain/deberes.ts'
import { type Hecho, hechoDe } from '../domain/hecho.ts'
import type { CobroEntero } from '../domain/registro.ts'
import { porSalir, type Reembolso } from '../domain/reembolso.ts'
import type { Cuando } from '../ports/cobros.ts'
import type { OrdenDeCobro } from '@encargo/service-kit/values/cobro-dicho'
import { aReembolso, guardar, sentencias } from './filas.ts'

// What the writes of a charge have in common. Each reads the charge whole, and writes what it is then.

export type Entero = CobroEntero & { readonly n: number }

/** A charge with all that happened to it; one way to the database. */
export function* leerEntero(id: string): Script<Entero | undefined> {
  const [fila, movimientos, reembolsos] = yield* together(
    sentencias.cobro.get(id),
    sentencias.movimientos.all(id),
    sentencias.reembolsos.all(id),
  )
  return fila && { ...fila, movimientos, reembolsos: reembolsos.map(aReembolso) }
}

export function* existente(id: string): Script<Entero> {
  const entero = yield* leerEntero(id)
  if (!entero) throw new Error(`there is no charge ${id}`)
  return entero
}

/** One statement of each, all of them on one way. */
export function* juntas(...pedidas: readonly (Asked<unknown> | undefined)[]): Script<void> {
  const todas = pedidas.filter((una) => una !== undefined)
  if (todas.length > 0) yield* together(...todas)
}

export const debe = (tipo: string, clave: string, { ahora, traza }: Cuando, mas: Demora = {}) =>
  sentencias.deber.run(
    tipo,
    clave,
    JSON.stringify(mas.datos ?? {}),
    ahora,
    mas.proximaEn ?? ahora,
    traza,
  )
interface Demora {
  readonly datos?: object
  readonly proximaEn?: number
}

export const sucede = ({ tipo, datos }: Hecho, { id }: Cobro, en: number) =>
  sentencias.suceder.run(tipo, id, JSON.stringify(datos), en)

/** It has become something that pedidos does not know yet. */
export const crecido = <C extends Cobro>(cobro: C, cambios: Partial<Cobro>, ahora: number): C => ({
  ...cobro,
  ...cambios,
  version: cobro.version + 1,
  actualizadoEn: ahora,
})

export function* cerrada(deuda: Deuda | undefined): Script<void> {
  if (deuda) yield* saldar(deuda)
}

/** What is left of it to give back. */
export const quedaDe = (cobro: CobroEntero): number => netoDe(cobro) - porSalir(cobro.reembolsos)

/** What is owed back of a charge of `proveedor`: by hand at once a person's, else the driver's. */
export function reembolsoNuevo(
  { proveedor }: Cobro,
  { id, importe, motivo }: Pick<Reembolso, 'id' | 'importe' | 'motivo'>,
  { ajeno, ahora }: { readonly ajeno: boolean; readonly ahora: number },
): Reembolso {
  const estado = proveedor === 'manual' ? 'enviado' : 'por-enviar'
  const nuevo = { id, importe, motivo, estado, ajeno, desde: ahora, actualizadoEn: ahora } as const
  return { ...nuevo, referencia: null, causa: null }
}

export function* anotarReembolso(
  { n, proveedor }: Entero,
  nuevo: Reembolso,
  cuando: Cuando,
  proximaEn = cuando.ahora,
): Script<void> {
  const { id, importe, motivo, estado, ajeno } = nuevo
  const fila = [id, n, importe, motivo, estado, ajeno ? 1 : 0, cuando.ahora] as const
  yield* juntas(
    sentencias.pedirReembolso.run(...fila),
    estado === 'por-enviar'
      ? debe(deberes.reembolsar(proveedor), id, cuando, { proximaEn })
      : undefined,
  )
}

/** Notes what pedidos wants done; what is under way already, or cannot be, is not noted. */
export function* atender(
  cobro: Entero,
  ordenes: readonly OrdenDeCobro[],
  cuando: Cuando,
): Script<Entero> {
  let despues = cobro
  for (const orden of ordenes) {
    const { proveedor, id, estado } = despues
    if (orden.tipo === 'cerrar' && esperaDinero(despues)) {
      yield* debe(deberes.cerrar(proveedor), id, cuando)
    }
    if (orden.tipo === 'capturar' && estado === 'autorizado') {
      const datos = { cobroId: id, importe: orden.importe }
      yield* debe(deberes.capturar(proveedor), orden.clave, cuando, { datos })
    }
    if (orden.tipo === 'reembolsar') despues = yield* devolver(despues, orden, cuando)
  }
  return despues
}

function* devolver(
  cobro: Entero,
  { reembolsoId, importe, motivo }: Extract<OrdenDeCobro, { tipo: 'reembolsar' }>,
  cuando: Cuando,
): Script<Entero> {
  const esta = cobro.reembolsos.some(({ id }) => id === reembolsoId)
  if (esta || importe > quedaDe(cobro)) return cobro
  const pedido = { id: reembolsoId, importe, motivo }
  const nuevo = reembolsoNuevo(cobro, pedido, { ajeno: false, ahora: cuando.ahora })
  yield* anotarReembolso(cobro, nuevo, cuando)
  return crecido({ ...cobro, reembolsos: [...cobro.reembolsos, nuevo] }, {}, cuando.ahora)
}

/** Row X of the decision table: there is no order that its money could be for. */
export function* sinPedido(cobro: Entero, deuda: Deuda, cuando: Cuando): Script<void> {
  const { id, proveedor, reembolsos } = cobro
  const importe = quedaDe(cobro)
  if (esperaDinero(cobro)) yield* debe(deberes.cerrar(proveedor), id, cuando)
  if (importe > 0) {
    const cual = reembolsos.filter(({ ajeno }) => ajeno).length
    const motivo = 'El pedido no existe'
    const pedido = { id: derivedId(`reembolso ajeno ${cual} ${id}`), importe, motivo }
    const nuevo = reembolsoNuevo(cobro, pedido, { ajeno: true, ahora: cuando.ahora })
    yield* anotarReembolso(cobro, nuevo, cuando)
    yield* sucede(hechoDe('cobro.ajeno', cobro), cobro, cuando.ahora)
  }
  const version = importe > 0 ? cobro.version + 1 : cobro.version
  yield* guardar({ ...cobro, version, contada: version })
  yield* saldar(deuda)
}
