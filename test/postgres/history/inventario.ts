import { openInventarioPostgres } from '../../../apps/inventario/src/store/postgres/open.ts'
import { openInventarioStorage } from '../../../apps/inventario/src/store/sqlite/open.ts'
import { createInventarioStore } from '../../../apps/inventario/src/store/store.ts'
import type { FilaRecuento } from '../../../apps/inventario/src/domain/recuento.ts'
import {
  type Linea,
  sinVencimiento,
  sumarLineas,
} from '../../../apps/inventario/src/domain/reserva.ts'
import type { InventarioStore, Recuento } from '../../../apps/inventario/src/ports.ts'
import type { Storage } from '@encargo/storage'
import type { Both } from './both.ts'
import type { Chance } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'

const hourMs = 3_600_000
const orders = [
  'productoId',
  'disponible',
  '-disponible',
  'actualizadoEn',
  '-actualizadoEn',
] as const

/** Lines of the ledger are named in the order of their writing. */
function storeOn(storage: Storage): InventarioStore {
  let n = 0
  return createInventarioStore(storage, () => `linea-${n++}`)
}

export async function openInventario(url: string): Promise<Both<InventarioStore>> {
  const sqlite = openInventarioStorage(':memory:')
  const postgres = await openInventarioPostgres(url)
  return {
    sqlite: storeOn(sqlite),
    postgres: storeOn(postgres),
    storages: { sqlite, postgres },
  }
}

const admite = (version: number) => version % 5 !== 4

/** A warehouse of few products, which many orders want and some people count. */
export function inventario({
  below,
  of,
  once,
  id,
  many,
  late,
  text,
}: Chance): Asker<InventarioStore> {
  type Store = InventarioStore
  const productos = many(8, () => id()).toSorted()
  const pedidos = [id()]
  const pedidas = new Map<string, readonly Linea[]>()
  /** Of which order a reservation is, where that has another id. */
  const duenos = new Map<string, string>()
  const lineasVistas: (string | null)[] = [null]
  let ahora = 100 * 24 * hourMs
  const moment = () => ahora + of(0, 0, 0, 1, -3, 12)
  const producto = () => of(...(productos as [string, ...string[]]))
  /** Some order of late. */
  const pedido = () => late(pedidos, 12) ?? ''
  const limite = () => of(1, 2, 5, 50)
  const usuarioId = 'persona'
  const clave = () =>
    once(3) ? { clave: `k${below(40)}`, huella: of('h', 'h', 'otra') } : undefined

  const filas = (): FilaRecuento[] =>
    productos.flatMap((productoId, at) => {
      const exportada = {
        id: productoId,
        era: (columna: string) => columna !== 'libro' || at % 2 === 0,
      }
      const fila = {
        fila: at + 2,
        productoId,
        sku: `S-${at}`,
        fisico: of(undefined, below(40), below(40)),
      }
      const umbralMinimo = of(undefined, below(5))
      const motivo = of(undefined, text(3))
      return once(3) ? [] : [{ ...fila, umbralMinimo, motivo, exportada: of(undefined, exportada) }]
    })
  const recuento = (): Recuento => ({
    filas: filas(),
    muestra: 3,
    previa: undefined,
    omitirConflictos: once(2),
    usuarioId,
    ahora: moment(),
    clave: clave(),
  })

  const end = (at: number) => (once(12) ? sinVencimiento : at)
  const reservar: Maker<Store> = () => {
    if (once(2)) pedidos.push(id())
    const una = pedido()
    if (once(9)) duenos.set(una, pedido())
    const cantidad = () => 1 + below(once(9) ? 60 : 4)
    const nuevas = () =>
      many(1 + below(3), () => ({ productoId: once(40) ? id() : producto(), cantidad: cantidad() }))
    const lineas = once(3) ? sumarLineas(nuevas()) : (pedidas.get(una) ?? sumarLineas(nuevas()))
    pedidas.set(una, lineas)
    const at = moment()
    const peticion = {
      id: una,
      pedidoId: duenos.get(una) ?? una,
      lineas,
      ahora: at,
      expiraEn: end(at + of(1, 20, hourMs, hourMs, 24 * hourMs)),
    }
    return operation('reservar', (store) => store.reservar(peticion), { kind: 'reservas' })
  }
  const cerrar =
    (como: 'confirmar' | 'liberar'): Maker<Store> =>
    () => {
      const peticion = { id: once(20) ? id() : pedido(), ahora: moment() }
      return operation(como, (store: Store) => store[como](peticion), { kind: 'reservas' })
    }
  const prorrogar: Maker<Store> = () => {
    const at = moment()
    const peticion = { id: pedido(), ahora: at, expiraEn: end(at + below(40) * hourMs) }
    return operation('prorrogar', (store) => store.prorrogar(peticion), { kind: 'reservas' })
  }
  const crear: Maker<Store> = () => {
    const nueva = { productoId: producto(), cantidad: below(30), umbralMinimo: below(9), usuarioId }
    const at = moment()
    return operation('crear', (store) => store.crear({ ...nueva, ahora: at }))
  }
  const cambiar: Maker<Store> = () => {
    const movida = {
      tipo: of('ENTRADA', 'ENTRADA', 'SALIDA', 'AJUSTE'),
      cantidad: 1 + below(of(9, 60)),
      motivo: of(undefined, text(4)),
    } as const
    const ultimoVisto = once(4) ? of(...(lineasVistas as [null, ...string[]])) : undefined
    const cambio = once(4)
      ? ({ tipo: 'umbral', umbralMinimo: below(12) } as const)
      : ({ tipo: 'movimiento', movida, ultimoVisto } as const)
    const peticion = {
      productoId: producto(),
      cambio,
      usuarioId,
      ahora: moment(),
      clave: clave(),
      admite,
    }
    return operation('cambiar', (store) => store.cambiar(peticion))
  }
  /** Of any order, what it once asked for or part of it: of most nothing was sold. */
  const reponer: Maker<Store> = () => {
    const pedidoId = pedido()
    const todas = pedidas.get(pedidoId) ?? []
    const lineas = once(3) ? todas.slice(0, 1) : todas
    const peticion = {
      id: once(4) ? 'devolucion' : `devolucion-${pedidoId}-${below(3)}`,
      pedidoId,
      lineas: once(2) ? lineas : lineas.map((linea) => ({ ...linea, cantidad: 1 })),
      ahora: moment(),
    }
    return operation('reponer', (store) => store.reponer(peticion))
  }
  const enlazar: Maker<Store> = () => {
    const peticion = {
      instalacion: of('una', 'otra'),
      testigos: many(below(4), pedido),
      ahora: moment(),
    }
    return operation('enlazar', (store) => store.enlazar(peticion))
  }

  const existencias: Maker<Store> = () => {
    const despues = once(2) ? undefined : { valor: below(30), productoId: producto() }
    const lista = {
      bajoMinimo: once(3),
      ids: once(3) ? many(3, producto) : undefined,
      orden: of(...orders),
      despuesDe: despues,
      limite: limite(),
    }
    return operation('existencias', (store) => store.existencias(lista))
  }
  const movimientos: Maker<Store> = () => {
    const de = once(2) ? { productoId: producto() } : { pedidoId: pedido() }
    const lista = { de, antesDe: once(2) ? undefined : below(400), limite: limite() }
    return operation('movimientos', (store) => store.movimientos(lista), {
      learn: (lineas) => void (lineas[0] && lineasVistas.splice(1, 3, lineas[0].id)),
    })
  }
  const place = () =>
    once(2) ? undefined : { creadaEn: moment() - below(9) * hourMs, id: pedido() }
  const activas: Maker<Store> = () => {
    const creadasAntesDe = once(2) ? undefined : moment()
    const lista = { creadasAntesDe, despuesDe: place(), ahora: moment(), limite: limite() }
    return operation('reservasActivas', (store) => store.reservasActivas(lista))
  }
  const reservasDe: Maker<Store> = () => {
    const lista = { productoId: producto(), antesDe: place(), limite: limite() }
    return operation('reservasDe', (store) => store.reservasDe(lista))
  }
  const ids = () => many(1 + below(5), () => (once(9) ? id() : producto()))
  const one =
    <T>(name: string, ask: (store: Store) => Promise<T>): Maker<Store> =>
    () =>
      operation(name, ask)

  return {
    tick: () => void (ahora += of(1, 1, 7, 900, 900, -20, once(20) ? 13 * hourMs : 40_000)),
    writes: [
      ...often(5, reservar),
      ...often(1, prorrogar, cerrar('confirmar'), cerrar('confirmar'), cerrar('liberar')),
      ...often(1, crear, cambiar, cambiar, cambiar, reponer, enlazar),
    ],
    reads: [
      ...often(2, existencias, movimientos, activas, reservasDe),
      one('resumen', (store) => store.resumen()),
      one('ultimoMomento', (store) => store.ultimoMomento()),
      one('instalacion', (store) => store.instalacion()),
      () => {
        const filtro = {
          ...(once(3) ? { accion: of('existencia-movida', 'umbral-cambiado') } : {}),
          ...(once(3) ? { actorId: of(usuarioId, 'nadie') } : {}),
          ...(once(3) ? { sujetoId: producto() } : {}),
          ...(once(3) ? { antesDe: below(400) } : {}),
          limite: limite(),
        }
        return operation('auditoria', (store: Store) => store.auditoria(filtro))
      },
      one('deGuardia', (store) => store.deGuardia()),
      () => {
        const asked = ids()
        return operation('ultimosMovimientos', (store: Store) => store.ultimosMovimientos(asked))
      },
      () => {
        const asked = ids()
        return operation('disponibles', (store: Store) => store.disponibles(asked))
      },
      () => {
        const asked = producto()
        return operation('existencia', (store: Store) => store.existencia(asked))
      },
      () => {
        const asked = pedido()
        return operation('reserva', (store: Store) => store.reserva(asked))
      },
      () => {
        const asked = recuento()
        return operation('simular', (store: Store) => store.simular(asked))
      },
    ],
    alone: [
      () => {
        const asked = recuento()
        return operation('importar', (store: Store) => store.importar(asked))
      },
      () => {
        const [at, lot] = [moment(), of(1, 3, 50)]
        return operation('expirarVencidas', (store: Store) => store.expirarVencidas(at, lot))
      },
      () => {
        const [at, lot] = [moment(), of(1, 3, 50)]
        return operation('olvidarClaves', (store: Store) => store.olvidarClaves(at, lot))
      },
    ],
  }
}
