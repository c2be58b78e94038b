import { datosDeAlta } from '../../apps/productos/src/domain/producto.ts'
import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { Environment } from '@encargo/service-kit/run/config'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { anular } from '../../apps/pedidos/src/app/anular.ts'
import { cambiar } from '../../apps/pedidos/src/app/cambiar.ts'
import { cobrar } from '../../apps/pagos/src/app/cobrar.ts'
import type { Trato } from '../../apps/pedidos/src/domain/compra.ts'
import type { EstadoFinal } from '../../apps/pedidos/src/domain/pedido.ts'
import { openAll } from '../../test/system/one-process.ts'
import { fileOf, services } from './databases.ts'

const operador = Bun.randomUUIDv7()

/**
 * The services of a shop in `dataDir`, in one process and with a clock that moves when told. Drivers
 * run when told.
 */
export async function openShop(
  dataDir: string,
  clock = createTestClock(Date.now()),
  more: Environment = {},
) {
  const all = await openAll(dataDir, { clock, random: () => 0.5 }, more)
  const { auth, productos, inventario, pedidos, pagos, network, close } = all
  const { casos, store } = pedidos

  /** With an account, or as a guest with the e-mail of one. */
  async function cliente(de?: string): Promise<string> {
    const id = Bun.randomUUIDv7()
    const datos = { email: `${de ?? id}@correo.example`, cedula: null, telefono: null } as const
    const cuenta =
      de === undefined
        ? ({ emailConfirmadoEn: clock.ms(), passwordHash: 'none' } as const)
        : ({ emailConfirmadoEn: null, passwordHash: null, invitado: true } as const)
    const nuevo = { id, ...datos, ...cuenta, nombre: 'Ana', rol: 'cliente' } as const
    await auth.store.usuarios.crear({ nuevo, now: clock.ms() })
    return id
  }

  /** Whoever sets prices and moves stock here is the shop's admin. */
  async function abrirPersonal(): Promise<void> {
    const [known] = await auth.store.usuarios.porIds([operador])
    if (known) return
    const datos = { email: 'ada@encargo.example', nombre: 'Ada', cedula: null, telefono: null }
    const persona = { id: operador, ...datos, emailConfirmadoEn: clock.ms() }
    const nuevo = { ...persona, rol: 'admin', passwordHash: 'none' } as const
    await auth.store.usuarios.crear({ nuevo, now: clock.ms() })
  }

  async function producto(cantidad: number, precio = 500): Promise<string> {
    await abrirPersonal()
    const id = Bun.randomUUIDv7()
    const datos = datosDeAlta({ sku: `SKU-${id}`, nombre: 'Café de altura', precio })
    await productos.store.crear(id, datos, { usuarioId: operador, ahora: clock.ms() })
    await inventario.store.crear({
      productoId: id,
      cantidad,
      umbralMinimo: 0,
      usuarioId: operador,
      ahora: clock.ms(),
    })
    return id
  }

  async function comprar(
    compradorId: string,
    lineas: readonly { productoId: string; cantidad: number }[],
    {
      clave,
      completar = false,
      trato,
      metodoPago,
    }: { clave?: string; completar?: boolean; trato?: Trato; metodoPago?: string } = {},
  ) {
    const solicitud = {
      compradorId,
      clienteId: compradorId,
      lineas,
      notas: null,
      direccionEnvio: null,
      completar,
      delPersonal: false,
      trato,
      metodoPago,
    }
    const key =
      clave === undefined ? undefined : { usuarioId: compradorId, clave, huella: 'huella' }
    const compra = await casos.comprador.comprar(solicitud, key, backgroundCall())
    if (compra.tipo !== 'creado') throw new Error(`not bought: ${JSON.stringify(compra)}`)
    return compra.pedido
  }

  /** @throws Error when it did not come to that end now */
  async function terminar(id: string, estado: EstadoFinal): Promise<void> {
    const peticion = { id, estado, actor: operador, motivo: null, ve: () => true }
    const todo = { ...peticion, admite: () => true }
    const cambio = await cambiar(casos.deps, casos.cumplidor, todo, backgroundCall())
    if (cambio.tipo !== 'hecho') throw new Error(`not ended: ${JSON.stringify(cambio)}`)
  }

  const quien = { actorId: operador, direccion: undefined }

  /** Takes cash from now on. */
  async function aceptarEfectivo(): Promise<void> {
    const efectivo = { proveedor: 'manual', nombre: 'Efectivo', momento: 'antes' } as const
    const sinMas = { plazoSegundos: null, instrucciones: null, minimo: null, maximo: null }
    await pagos.store.ponerMetodo({
      codigo: 'efectivo',
      campos: { ...efectivo, ...sinMas, paises: [], activo: true, posicion: undefined },
      admite: () => true,
      por: { ...quien, ahora: clock.ms() },
    })
  }

  /** Takes all that an order owes, in cash. */
  async function pagar(pedidoId: string): Promise<void> {
    await aceptarEfectivo()
    const { deps, cumplidor } = pagos.casos
    const ahora = { referencia: Bun.randomUUIDv7(), recibidoEn: clock.ms() }
    const cobrado = await cobrar(
      // Whoever asks is this shop's own.
      {
        ...deps,
        pedidos: {
          ...deps.pedidos,
          pedido: (id, _, call) => deps.pedidos.pedido(id, undefined, call),
        },
      },
      cumplidor,
      {
        de: { pedidoId, token: '' },
        metodo: 'efectivo',
        volverA: null,
        importe: undefined,
        captura: ahora,
        clave: undefined,
        quien,
        personal: true,
      },
      backgroundCall(),
    )
    if (cobrado.tipo !== 'hecho') throw new Error(`not paid: ${JSON.stringify(cobrado)}`)
  }

  async function anularVenta(id: string): Promise<void> {
    const peticion = { id, actor: operador, motivo: 'Cobrado dos veces' }
    const anulado = await anular(casos.deps, casos.cumplidor, peticion, backgroundCall())
    if (anulado.tipo !== 'hecho') throw new Error(`not voided: ${JSON.stringify(anulado)}`)
  }

  return {
    dataDir,
    clock,
    stores: { pedidos: pedidos.storage, inventario: inventario.storage },
    casos,
    inventario,
    productos,
    /** Whether pedidos can reach inventario. */
    away: (gone: boolean) => network.answer('inventario.test', gone ? undefined : inventario.app),
    operador,
    cliente,
    producto,
    comprar,
    terminar,
    anular: anularVenta,
    aceptarEfectivo,
    pagar,
    /** One round of the services' drivers. */
    async tick() {
      await inventario.store.expirarVencidas(clock.ms(), 1_000)
      await casos.driver.tick()
      await pagos.casos.driver.tick()
    },
    /** Brings what pedidos derives from its orders up to them: lists, the index, the summary. */
    async follow() {
      for (const seguidor of store.seguidores) await seguidor.alDia({ maxMs: Infinity })
    },
    /** What keeps pedidos from using inventario, in words. */
    impedimentos: () => pedidos.peers.flatMap(({ fit }) => fit.wrong),
    close,
  }
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** A folder that is there until `remove`. */
export function temporaryFolder(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `encargo-${name}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A shop that has seen everything that may happen to an order. Answers what is in it, closed. */
export async function fillShop(dataDir: string, clock?: ReturnType<typeof createTestClock>) {
  const shop = await openShop(dataDir, clock)
  const [ana, luis] = [await shop.cliente(), await shop.cliente()]
  await shop.cliente(ana)
  const [cafe, taza] = [await shop.producto(100), await shop.producto(20, 1_250)]
  const dos = [
    { productoId: cafe, cantidad: 2 },
    { productoId: taza, cantidad: 1 },
  ]
  const pendiente = await shop.comprar(ana, dos, { clave: 'uno' })
  const completado = await shop.comprar(luis, dos)
  await shop.terminar(completado.id, 'Completado')
  const otro = await shop.comprar(ana, [{ productoId: cafe, cantidad: 5 }], { clave: 'dos' })
  await shop.terminar(otro.id, 'Completado')
  const cancelado = await shop.comprar(luis, dos)
  await shop.terminar(cancelado.id, 'Cancelado')
  await shop.inventario.store.cambiar({
    productoId: cafe,
    cambio: { tipo: 'movimiento', movida: { tipo: 'SALIDA', cantidad: 3, motivo: 'rotura' } },
    usuarioId: operador,
    ahora: shop.clock.ms(),
    admite: () => true,
    clave: { clave: 'k', huella: 'h' },
  })
  await shop.follow()
  await shop.close()
  return {
    clock: shop.clock,
    ana,
    luis,
    cafe,
    taza,
    pendiente,
    completado,
    otro,
    cancelado,
  }
}
export type Filled = Awaited<ReturnType<typeof fillShop>>

/** A copy of a closed shop, for a test to spoil. */
export function copyShop(from: string, to: string): void {
  for (const service of services) cpSync(fileOf(from, service), fileOf(to, service))
}

/** Makes both services seem to have been at work until `ms`, since the epoch. */
export function aliveUntil(dataDir: string, ms: number): void {
  for (const service of services) utimesSync(fileOf(dataDir, service), ms / 1000, ms / 1000)
}
