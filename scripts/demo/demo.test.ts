import { describe, expect, test } from 'bun:test'
import { verIdentificacion } from '@encargo/service-kit/values/identificacion'
import { catalogo } from './catalogo.ts'
import { cuentas } from './cuentas.ts'
import { pedidos } from './pedidos.ts'
import { estudio, impuestos, metodos } from './venta.ts'

const porSku = new Map(catalogo.map((producto) => [producto.sku, producto]))
const duplicates = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index)

/** Lower case, without accents. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Units of each SKU in all sample orders. */
function pedidoEnTotal(): Map<string, number> {
  const total = new Map<string, number>()
  for (const { sku, cantidad } of pedidos.flatMap(({ lineas }) => lineas)) {
    total.set(sku, (total.get(sku) ?? 0) + cantidad)
  }
  return total
}

describe('the catalogue', () => {
  test('has at least 48 products in at least 7 categories of several products each', () => {
    expect(catalogo.length).toBeGreaterThanOrEqual(48)
    const sizes = Object.values(Object.groupBy(catalogo, ({ categoria }) => categoria))
    expect(sizes.length).toBeGreaterThanOrEqual(7)
    for (const products of sizes) expect(products?.length).toBeGreaterThanOrEqual(4)
  })

  test('names each product once, by SKU and by name', () => {
    expect(duplicates(catalogo.map(({ sku }) => sku))).toEqual([])
    expect(duplicates(catalogo.map(({ nombre }) => nombre))).toEqual([])
  })

  test('writes SKUs in one scheme, whose first part stands for the category', () => {
    const categories = new Map<string, string>()
    for (const { sku, categoria } of catalogo) {
      expect(sku).toMatch(/^[A-Z]{3}(-[A-Z0-9]+){1,4}$/)
      const prefix = sku.slice(0, 3)
      expect(categories.get(prefix) ?? categoria).toBe(categoria)
      categories.set(prefix, categoria)
    }
    expect(categories.size).toBe(new Set(categories.values()).size)
  })

  test('asks prices in whole cents, from a dollar to a hundred', () => {
    for (const { sku, precio } of catalogo) {
      expect([sku, Number.isSafeInteger(precio)]).toEqual([sku, true])
      expect(precio).toBeGreaterThanOrEqual(100)
      expect(precio).toBeLessThanOrEqual(10_000)
    }
  })

  test('describes each product in one to three whole sentences', () => {
    for (const { descripcion } of catalogo) {
      const sentences = descripcion.match(/[^.]+\.(?=\s|$)/g) ?? []
      expect(sentences.length).toBeGreaterThanOrEqual(1)
      expect(sentences.length).toBeLessThanOrEqual(3)
      expect(descripcion).toEndWith('.')
      expect(descripcion.length).toBeWithin(40, 300)
    }
  })

  test('is written in composed Unicode without stray spaces', () => {
    for (const { nombre, descripcion, categoria, atributos } of catalogo) {
      for (const text of [nombre, descripcion, categoria, ...Object.entries(atributos).flat()]) {
        expect(text).toBe(text.normalize('NFC').trim().replace(/\s+/g, ' '))
        expect(text).not.toBe('')
      }
    }
  })

  test('has a tax of the shop and a weight, more than what it says on the packet', () => {
    const codigos = impuestos.map(({ codigo }) => codigo)
    expect(new Set(catalogo.map(({ claseImpuesto }) => claseImpuesto))).toEqual(new Set(codigos))
    for (const { sku, pesoGramos, atributos } of catalogo) {
      const { peso = '' } = atributos
      const net = peso.endsWith(' g') ? Number.parseInt(peso, 10) : 0
      expect([sku, pesoGramos > net && pesoGramos < 5_000]).toEqual([sku, true])
    }
  })

  test('has whole stock levels, several of them low and exactly one sold out', () => {
    for (const { existencia, umbralMinimo } of catalogo) {
      expect(Number.isSafeInteger(existencia)).toBe(true)
      expect(existencia).toBeWithin(0, 1_000)
      expect(Number.isSafeInteger(umbralMinimo)).toBe(true)
      expect(umbralMinimo).toBeWithin(1, 100)
    }
    const low = catalogo.filter((p) => p.existencia > 0 && p.existencia <= p.umbralMinimo)
    expect(low.length).toBeGreaterThanOrEqual(4)
    expect(low.length).toBeLessThan(catalogo.length / 4)
    expect(catalogo.filter(({ existencia }) => existencia === 0)).toHaveLength(1)
  })
})

describe('the accounts', () => {
  const all = Object.values(cuentas)

  test('are one of each role, under their own names and a domain no mail can reach', () => {
    expect(Object.entries(cuentas).map(([key, { rol }]) => key === rol)).toEqual([true, true, true])
    expect(duplicates(all.map(({ email }) => email))).toEqual([])
    for (const { email } of all) expect(email).toMatch(/^[a-z]+@([a-z]+\.)+(example|test)$/)
  })

  test('have long passwords that say nothing of whose they are', () => {
    expect(duplicates(all.map(({ password }) => password))).toEqual([])
    for (const { email, nombre, password } of all) {
      expect(password.length).toBeWithin(12, 129)
      for (const word of fold(`${email} ${nombre}`)
        .split(/[^a-z]+/)
        .filter(Boolean)) {
        expect(fold(password)).not.toContain(word)
      }
    }
  })
})

describe('the sample orders', () => {
  test('are about two dozen, of both customers and of guests, and in all three states', () => {
    expect(pedidos.length).toBeWithin(20, 31)
    expect(new Set(pedidos.map(({ cliente }) => cliente)).size).toBe(4)
    const states = Object.groupBy(pedidos, ({ fin }) => fin.estado)
    expect(states.Pendiente?.length).toBeGreaterThanOrEqual(3)
    expect(states.Completado?.length).toBeGreaterThanOrEqual(3)
    expect(states.Cancelado?.length).toBeGreaterThanOrEqual(2)
  })

  test('name only products of the catalogue, each once in an order, in whole quantities', () => {
    for (const { lineas } of pedidos) {
      expect(lineas.length).toBeGreaterThan(0)
      expect(duplicates(lineas.map(({ sku }) => sku))).toEqual([])
      for (const { sku, cantidad } of lineas) {
        expect(porSku.has(sku) ? sku : `${sku} is not in the catalogue`).toBe(sku)
        expect(Number.isSafeInteger(cantidad) && cantidad > 0).toBe(true)
      }
    }
  })

  test('never ask for more than the stock, all of them together, nor sell anything out', () => {
    for (const [sku, cantidad] of pedidoEnTotal()) {
      expect([sku, cantidad < (porSku.get(sku)?.existencia ?? 0)]).toEqual([sku, true])
    }
  })

  test('can be told apart by their notes', () => {
    expect(duplicates(pedidos.map(({ notas }) => notas))).toEqual([])
    for (const { notas } of pedidos) expect(notas.length).toBeWithin(10, 200)
  })

  test('say of each way to sell what it is: coupon, invoice, pick-up, counter, and one that was voided', () => {
    const whole = pedidos.filter((p) => p.cupon && p.facturacion && p.metodoEnvio === 'moto')
    expect(whole.map(({ cliente }) => typeof cliente)).toEqual(['object'])
    expect(pedidos.filter(({ fin }) => 'preparado' in fin)).toHaveLength(1)
    expect(pedidos.filter(({ fin }) => 'anulado' in fin)).toHaveLength(1)
    expect(pedidos.filter(({ canal }) => canal === 'mostrador')).toHaveLength(2)
    for (const { metodoEnvio, direccionEnvio } of pedidos) {
      const metodo = metodos.find(({ codigo }) => codigo === metodoEnvio)
      expect(metodo?.codigo).toBe(metodoEnvio ?? metodo?.codigo)
      if (metodo) expect(direccionEnvio !== undefined).toBe(metodo.tipo === 'domicilio')
    }
  })

  test('name whom to invoice by numbers that are well formed', () => {
    const facturas = pedidos.flatMap(({ facturacion }) => facturacion ?? [])
    for (const { identificacion } of [estudio, ...facturas]) {
      expect(verIdentificacion(identificacion).ok).toBe(true)
    }
  })

  test('say why they were cancelled and ship to whole addresses', () => {
    for (const { fin, direccionEnvio } of pedidos) {
      if (fin.estado === 'Cancelado') expect(fin.motivo.length).toBeWithin(10, 200)
      if (direccionEnvio) expect(direccionEnvio.pais).toMatch(/^[A-Z]{2}$/)
    }
    expect(pedidos.some(({ direccionEnvio }) => direccionEnvio)).toBe(true)
    expect(pedidos.some(({ direccionEnvio }) => !direccionEnvio)).toBe(true)
  })
})
