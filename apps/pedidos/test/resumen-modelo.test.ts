import { change } from '@encargo/storage/testing'
import { expect, test } from 'bun:test'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { arrancar, montar, type Montaje, pedir, usuario } from './fixture.ts'
import { diaDe, recuento } from './resumen-fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const diaMs = 24 * 60 * 60 * 1000
const zonas = [
  'UTC',
  'America/Guayaquil',
  'America/Santiago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
] as const

type Cuenta = Record<'pedidos' | 'completados' | 'cancelados' | 'ingresos' | 'abonado', number>

class Mundo {
  readonly montaje: Montaje
  readonly random: () => number
  readonly productos = Array.from({ length: 13 }, () => Bun.randomUUIDv7())
  readonly ids: string[] = []
  readonly staff: Awaited<ReturnType<typeof usuario>>
  proceso: Awaited<ReturnType<typeof arrancar>>

  constructor(
    random: () => number,
    staff: Awaited<ReturnType<typeof usuario>>,
    montaje: Montaje,
    proceso: Awaited<ReturnType<typeof arrancar>>,
  ) {
    this.montaje = montaje
    this.proceso = proceso
    this.random = random
    this.staff = staff
    for (const id of this.productos) {
      this.montaje.inventario.fisico.set(id, 1e6)
      this.renombrar(id)
    }
  }

  hasta(n: number): number {
    return Math.floor(this.random() * n)
  }

  elegir<T>(de: readonly T[]): T {
    const uno = de[this.hasta(de.length)]
    if (uno === undefined) throw new Error('nothing to choose from')
    return uno
  }

  /** Another name, and another price, which orders that were made before keep to themselves. */
  renombrar(id: string): void {
    const nombre = `Cosa ${this.hasta(1000)}`
    const articulo = { id, sku: `S-${this.hasta(1000)}`, nombre, precio: this.hasta(10_000) }
    this.montaje.catalogo.articulos.set(id, { ...articulo, moneda: 'USD', activo: true })
  }

  async pedir(method: string, path: string, body?: unknown) {
    const { headers } = this.staff
    return await pedir(this.proceso.app, method, path, { headers, body })
  }

  async comprar(): Promise<void> {
    const productoIds = new Set([this.elegir(this.productos), this.elegir(this.productos)])
    const lineas = [...productoIds].map((productoId) => ({
      productoId,
      cantidad: 1 + this.hasta(9),
    }))
    const cupon = this.random() < 0.3 ? { cupon: 'TERCIO' } : {}
    const compra = { lineas, completar: this.random() < 0.3, ...cupon }
    const answer = await this.pedir('POST', '/pedidos', compra)
    expect(answer.status).toBe(201)
    this.ids.push(String(answer.body['id']))
  }

  async paso(): Promise<void> {
    const suerte = this.random()
    if (suerte < 0.35) await this.comprar()
    else if (suerte < 0.65 && this.ids.length > 0) {
      const estado = this.elegir(['Completado', 'Cancelado'])
      await this.pedir('PATCH', `/pedidos/${this.elegir(this.ids)}`, { estado })
    } else if (suerte < 0.7 && this.ids.length > 0) {
      await this.pedir('POST', `/pedidos/${this.elegir(this.ids)}/anulacion`, { motivo: 'm' })
    } else if (suerte < 0.76 && this.ids.length > 0) {
      const body = { importe: 1 + this.hasta(2_000), motivo: 'm' }
      await this.pedir('POST', `/pedidos/${this.elegir(this.ids)}/abonos`, body)
    } else if (suerte < 0.8) this.montaje.clock.advance(this.hasta(this.elegir([1e6, 1e7, 3e8])))
    else if (suerte < 0.86) await this.proceso.casos.driver.tick()
    else if (suerte < 0.91) this.renombrar(this.elegir(this.productos))
    else if (suerte < 0.94) this.proceso = await arrancar(this.montaje)
    else if (suerte < 0.95) {
      await change(this.proceso.storage, "DELETE FROM marcas WHERE nombre = 'resumen'")
    } else await this.comparar()
  }

  async comparar(): Promise<void> {
    const zona = this.elegir(zonas)
    const ahora = this.montaje.clock.ms()
    const hasta = diaDe(ahora - this.hasta(4) * diaMs, zona)
    const desde = diaDe(ahora - (4 + this.hasta(40)) * diaMs, zona)
    const query = `?zona=${zona}&desde=${desde}&hasta=${hasta}`
    // Two at once, while somebody buys: none may count anything twice.
    const [uno, otro] = await Promise.all([
      this.pedir('GET', `/pedidos/resumen${query}`),
      this.pedir('GET', `/pedidos/resumen${query}`),
    ])
    expect(otro.body).toEqual(uno.body)
    const { pendientes, llenos, masVendidos } = await recuento(this.proceso.storage, zona, {
      desde,
      hasta,
    })
    expect(uno.body).toMatchObject({ desde, hasta, zona, pendientes })
    const porDia = uno.body['porDia'] as ({ dia: string } & Cuenta)[]
    const conAlgo = porDia
      .filter((dia) => dia.pedidos + dia.completados + dia.cancelados + dia.abonado > 0)
      .map(({ dia, pedidos, completados, cancelados, ingresos, abonado }) => {
        return { dia, pedidos, completados, cancelados, ingresos, abonado }
      })
    expect(conAlgo).toEqual(llenos)
    const vendidos = uno.body['masVendidos'] as typeof masVendidos
    expect(vendidos.map(({ unidades }) => unidades)).toEqual(
      masVendidos.slice(0, 10).map(({ unidades }) => unidades),
    )
    // Among equals any order is right.
    for (const vendido of vendidos) expect(masVendidos).toContainEqual(vendido)
  }
}

test(`the summary is what counting every order again comes to, whatever happened (FUZZ_SEED=${seed})`, async () => {
  const staff = await usuario({ rol: 'admin' })
  for (let round = 0; round < 2; round++) {
    const montaje = montar()
    const proceso = await arrancar(montaje)
    const mundo = new Mundo(createRandom(seed + round), staff, montaje, proceso)
    await mundo.pedir('POST', '/cupones', { codigo: 'TERCIO', tipo: 'porcentaje', valor: 3_333 })
    for (let step = 0; step < 120; step++) await mundo.paso()
    await mundo.comparar()
    expect(mundo.ids.length).toBeGreaterThan(10)
  }
}, 30_000)
