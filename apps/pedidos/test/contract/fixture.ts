import { afterEach, beforeEach } from 'bun:test'
import type { Corrida } from '../../src/domain/corrida.ts'
import type { PedidoPendiente } from '../../src/domain/pedido.ts'
import type {
  Creacion,
  Filtro,
  Historial,
  NuevoPedido,
  PedidosStore,
} from '../../src/ports/store.ts'

export const horaMs = 3_600_000

export const corridaDe = (operacion: Corrida['operacion'], actor: string, en: number): Corrida => ({
  operacion,
  actor,
  traza: '0af7651916cd43dd8448eb211c80319c',
  resultado: 'Pendiente',
  en,
  us: 1_200,
  pasos: [{ paso: 'inventario: reservar', resultado: 'reservada', us: 900 }],
})

/** An order of two units of one product, as somebody buys it. */
export function nuevoPedido(datos: Partial<NuevoPedido> = {}): NuevoPedido {
  const { clienteId = Bun.randomUUIDv7(), ahora = 1_000 } = datos
  return {
    id: Bun.randomUUIDv7(),
    clienteId,
    creadoPor: clienteId,
    lineas: [{ productoId: 'p1', sku: 'CAF-1', nombre: 'Café', cantidad: 2, precioUnitario: 500 }],
    total: 1_000,
    moneda: 'USD',
    notas: null,
    direccionEnvio: null,
    condiciones: null,
    cobranza: null,
    expiraEn: ahora + horaMs,
    ahora,
    clave: undefined,
    corrida: corridaDe('comprar', clienteId, ahora),
    completarDesde: undefined,
    cupo: undefined,
    ...datos,
  }
}

/** A list of all orders, from which a test picks. */
export const todos: Filtro = { limite: 1000, maxLineas: 1_000_000 }

/** Buys and ends orders by a store alone. Each happens at the moment of its number. */
export function escritor(store: PedidosStore) {
  let ultimo = 0
  return {
    async nuevo(clienteId: string): Promise<number> {
      const pedido = creado(await store.crear(nuevoPedido({ clienteId, ahora: ++ultimo })))
      return pedido.numero
    },
    async fin(numero: number): Promise<void> {
      const que = {
        numero,
        proposito: 'completar',
        actor: 'x',
        motivo: null,
        ahora: numero,
      } as const
      await store.proponer({ ...que, proximaEn: numero })
      const corrida = corridaDe('completar', 'x', numero)
      await store.terminar({ ...que, estado: 'Completado', corrida })
    },
  }
}

export function creado(creacion: Creacion): PedidoPendiente {
  if (creacion.tipo !== 'creado') throw new Error(creacion.tipo)
  return creacion.pedido
}

/** One process at a database. */
export interface Proceso {
  readonly store: PedidosStore
  readonly historial: Historial
}

/** Gives an empty database, at which any number of processes can be; `cerrar` takes it away. */
export type Abrir = () => Promise<{
  readonly proceso: () => Promise<Proceso>
  readonly cerrar: () => Promise<void>
}>

/** A database for each test, and a process at it. */
export function conBase(abrir: Abrir) {
  let base: Awaited<ReturnType<Abrir>>
  let proceso: Proceso
  beforeEach(async () => {
    base = await abrir()
    proceso = await base.proceso()
  })
  afterEach(() => base.cerrar())
  return {
    get store() {
      return proceso.store
    },
    get historial() {
      return proceso.historial
    },
    otro: () => base.proceso(),
    crear: async (datos: Partial<NuevoPedido> = {}) =>
      creado(await proceso.store.crear(nuevoPedido(datos))),
    completar: (numero: number) => escritor(proceso.store).fin(numero),
    numeros: async (filtro: Partial<Filtro> = {}) =>
      (await proceso.store.listar({ ...todos, ...filtro }))?.map(({ numero }) => numero),
  }
}
export type Base = ReturnType<typeof conBase>
