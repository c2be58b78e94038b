import { rows } from '@encargo/storage/testing'
import { createTestClock } from '@encargo/service-kit/testing/service'
import { describe, expect, test } from 'bun:test'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { prepararEventos, siempre } from './eventos-fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])

describe('a stream of events', () => {
  test(`misses nothing and repeats nothing through random breaks while others write (seed ${seed})`, async () => {
    const random = createRandom(seed)
    const { storage, nuevo, fin, seguir, difusion } = await prepararEventos()
    const clientes = ['ana', 'luis', 'eva']
    const total = 1_500
    const estado = { escribiendo: true }
    const escribir = async () => {
      const abiertos: number[] = []
      for (let escritos = 0; escritos < total / 3; escritos++) {
        const cual = random() < 0.4 ? abiertos.pop() : undefined
        if (cual !== undefined) await fin(cual)
        else abiertos.push(await nuevo(clientes[Math.floor(random() * 3)] ?? 'ana'))
      }
    }
    const leer = async (clienteId: string | undefined) => {
      const vistos: number[] = []
      let desde = 0
      do {
        const lector = await seguir(clienteId, desde)
        for (let veces = Math.floor(random() * 12); veces >= 0; veces--) {
          if (!estado.escribiendo && desde >= total) break
          await Promise.race([lector.leer(), escritura])
          desde = lector.ultimo
        }
        vistos.push(...lector.numeros)
        desde = Math.max(desde, lector.ultimo)
        await lector.soltar()
      } while (estado.escribiendo)
      const ultimo = await seguir(clienteId, desde)
      difusion.despertar()
      const suyas = await propias(clienteId)
      while (vistos.length + ultimo.numeros.length < suyas.length) await ultimo.leer()
      await ultimo.soltar()
      return [...vistos, ...ultimo.numeros]
    }
    const propias = async (clienteId: string | undefined) => {
      const todas = await rows<{ secuencia: number; cliente: string }>(
        storage,
        `SELECT secuencia, cliente_id AS cliente FROM pedido_eventos JOIN pedidos USING (numero)
         ORDER BY secuencia`,
      )
      const suyas = todas.filter(({ cliente }) => clienteId === undefined || cliente === clienteId)
      return suyas.map(({ secuencia }) => secuencia)
    }
    const escritura = Promise.all([escribir(), escribir(), escribir()]).then(() => {
      estado.escribiendo = false
    })
    const seguidores = [...clientes, undefined, 'ana', undefined]
    const leidas = await Promise.all(seguidores.map(leer))
    for (const [indice, vistas] of leidas.entries()) {
      expect(vistas).toEqual(await propias(seguidores[indice]))
    }
    expect(leidas[3]).toHaveLength(total)
    expect(difusion.abiertos).toBe(0)
  })

  test('tells what was written while the last page of the past was being read', async () => {
    const { nuevo, seguir, historial, difusion } = await prepararEventos()
    await nuevo('ana')
    const lector = await seguir('ana', 0)
    await lector.leer()
    const { leer } = historial
    const leyendo = Promise.withResolvers<void>()
    const seguirLeyendo = Promise.withResolvers<void>()
    // The reading of the past sees one change; the second is handed out before it comes back.
    const lento: typeof leer = async (trecho) => {
      const eventos = await leer(trecho)
      if (trecho.clienteId === undefined) return eventos
      leyendo.resolve()
      await seguirLeyendo.promise
      return eventos
    }
    Object.assign(historial, { leer: lento })
    const leido = lector.hasta(2)
    await leyendo.promise
    await nuevo('ana')
    await difusion.seguir({
      usuarioId: 'x',
      clienteId: 'x',
      desde: undefined,
      hastaMs: 600_000,
      vigente: siempre,
    })
    seguirLeyendo.resolve()
    await leido
    expect(lector.numeros).toEqual([1, 2])
  })

  test('shows at one look however much another instance wrote', async () => {
    const { storage, nuevo, seguir, pasar } = await prepararEventos({ maxEnCola: 2_000 }, false)
    const lector = await seguir(undefined)
    await lector.leer()
    for (const mitad of [550, 550]) {
      await Promise.all(Array.from({ length: mitad }, () => nuevo('ana')))
    }
    pasar(250)
    await lector.hasta(1_100)
    expect(lector.numeros).toHaveLength(1_100)
    await storage.close()
  })

  test('begins now without an id, and says where that is', async () => {
    const { nuevo, seguir } = await prepararEventos()
    await nuevo('ana')
    await nuevo('ana')
    const lector = await seguir('ana')
    await lector.leer()
    expect(lector.bloques).toEqual([': hola\nretry: 1000\nid: 2'])
    await nuevo('ana')
    await lector.leer()
    expect(lector.numeros).toEqual([3])
  })

  test('takes an id that no change has had for now, so that what comes next is not skipped', async () => {
    const { nuevo, seguir } = await prepararEventos()
    await nuevo('ana')
    const lector = await seguir('ana', 900)
    await nuevo('ana')
    await lector.hasta(2)
    expect(lector.numeros).toEqual([2])
  })

  test('shows what another instance wrote at the next look, without being told', async () => {
    const { nuevo, seguir, pasar } = await prepararEventos({}, false)
    const lector = await seguir(undefined)
    await lector.leer()
    await nuevo('ana')
    const leido = lector.leer()
    pasar(250)
    await leido
    expect(lector.numeros).toEqual([1])
  })

  test('gives a sign of life that moves the place on past what others did', async () => {
    const { nuevo, seguir, pasar } = await prepararEventos()
    const lector = await seguir('ana')
    await lector.leer()
    const leido = lector.leer()
    await nuevo('luis')
    pasar(15_000)
    await leido
    expect(lector.bloques.at(-1)).toBe(': latido\nid: 1')
    expect(lector.numeros).toEqual([])
  })

  test('goes on after the history could not be read for a while', async () => {
    const { nuevo, seguir, historial, difusion } = await prepararEventos()
    const { leer } = historial
    const lector = await seguir(undefined)
    await lector.leer()
    const leido = lector.leer()
    Object.assign(historial, { leer: () => Promise.reject(new Error('the disk is busy')) })
    await nuevo('ana')
    Object.assign(historial, { leer })
    difusion.despertar()
    await leido
    expect(lector.numeros).toEqual([1])
  })
})

describe('the bounds', () => {
  test('cut off a reader for whom too much waits, which then resumes without a gap', async () => {
    const { nuevo, seguir, difusion } = await prepararEventos({ maxEnCola: 5 })
    const lector = await seguir(undefined)
    await lector.leer()
    await nuevo('ana')
    await lector.leer()
    for (let i = 0; i < 5; i++) await nuevo('ana')
    expect(difusion.abiertos).toBe(1)
    await nuevo('ana')
    // Read after the commit, by the end of this turn.
    await Bun.sleep(0)
    expect(difusion.abiertos).toBe(0)
    expect(await lector.leer()).toBe(false)
    const otra = await seguir(undefined, lector.ultimo)
    await otra.hasta(7)
    expect(otra.numeros).toEqual([2, 3, 4, 5, 6, 7])
  })

  test('cut off a reader that takes nothing between two signs of life', async () => {
    const { seguir, difusion, pasar } = await prepararEventos()
    const dormido = await seguir('ana')
    const despierto = await seguir('luis')
    await Promise.all([dormido.leer(), despierto.leer()])
    const leido = despierto.leer()
    pasar(15_000)
    await leido
    const otro = despierto.leer()
    pasar(15_000)
    await otro
    expect(difusion.abiertos).toBe(1)
    expect(await dormido.leer()).toBe(false)
  })

  test('hold no more than one page of the past for a reader, however long it was away', async () => {
    const { storage, nuevo, seguir } = await prepararEventos()
    for (let i = 0; i < 450; i++) await nuevo('ana')
    const lector = await seguir('ana', 0)
    await lector.leer()
    const porTrozo: number[] = []
    while (lector.ultimo < 450) {
      const antes = lector.numeros.length
      await lector.leer()
      porTrozo.push(lector.numeros.length - antes)
    }
    expect(porTrozo).toEqual([200, 200, 50])
    await lector.soltar()
    await storage.close()
  })

  test('let nobody have more than so many streams, and nobody when there are enough', async () => {
    const { difusion } = await prepararEventos({ maximo: 3, maximoPorUsuario: 2 })
    const abrir = (usuarioId: string) =>
      difusion.seguir({
        usuarioId,
        clienteId: usuarioId,
        desde: undefined,
        hastaMs: 1,
        vigente: siempre,
      })
    const primera = await abrir('ana')
    // Side by side: the wait in between must not let one more in.
    const otras = await Promise.all([abrir('ana'), abrir('ana')])
    expect(otras.map(({ tipo }) => tipo).toSorted()).toEqual(['abierto', 'demasiados'])
    expect((await abrir('luis')).tipo).toBe('abierto')
    expect((await abrir('eva')).tipo).toBe('lleno')
    if (primera.tipo === 'abierto') primera.flujo.cerrar()
    expect((await abrir('eva')).tipo).toBe('abierto')
  })

  test('let nobody have more than so many for all accounts of one network, and others go on', async () => {
    const { difusion } = await prepararEventos({ maximoPorDireccion: 2 })
    const abrir = (usuarioId: string, red: string) =>
      difusion.seguir({
        usuarioId,
        red,
        clienteId: usuarioId,
        desde: undefined,
        hastaMs: 1,
        vigente: siempre,
      })
    const primera = await abrir('ana', '203.0.113.9')
    await abrir('luis', '203.0.113.9')
    expect((await abrir('eva', '203.0.113.9')).tipo).toBe('demasiados-en-su-red')
    expect((await abrir('eva', '203.0.113.10')).tipo).toBe('abierto')
    if (primera.tipo === 'abierto') primera.flujo.cerrar()
    expect((await abrir('eva', '203.0.113.9')).tipo).toBe('abierto')
  })

  test('end a stream with its token, and leave no clock running when nobody listens', async () => {
    const { difusion, waiting, pasar } = await prepararEventos({ clock: createTestClock(1_000) })
    const uno = await difusion.seguir({
      usuarioId: 'a',
      clienteId: 'a',
      desde: undefined,
      hastaMs: 31_000,
      vigente: siempre,
    })
    expect(waiting.map(({ ms }) => ms).toSorted((a, b) => a - b)).toEqual([250, 15_000, 30_000])
    pasar(30_000)
    expect(difusion.abiertos).toBe(0)
    expect(waiting).toEqual([])
    if (uno.tipo === 'abierto') {
      expect(await uno.flujo.siguiente()).toBeUndefined()
    }
  })

  test('end a stream whose token is good no longer before it runs out, at the next sign of life', async () => {
    const { difusion, pasar } = await prepararEventos()
    let vale = true
    const peticion = { usuarioId: 'a', clienteId: undefined, desde: undefined, hastaMs: 600_000 }
    const uno = await difusion.seguir({ ...peticion, vigente: () => Promise.resolve(vale) })
    if (uno.tipo !== 'abierto') throw new Error(uno.tipo)
    await uno.flujo.siguiente()
    pasar(15_000)
    await uno.flujo.siguiente()
    expect(difusion.abiertos).toBe(1)
    vale = false
    const ultimo = uno.flujo.siguiente()
    pasar(15_000)
    await ultimo
    expect(await uno.flujo.siguiente()).toBeUndefined()
    expect(difusion.abiertos).toBe(0)
  })

  test('end all streams when the service stops, and open no more', async () => {
    const { difusion, seguir, waiting } = await prepararEventos()
    const lectores = await Promise.all([seguir('ana'), seguir('luis'), seguir(undefined)])
    await Promise.all(lectores.map((lector) => lector.leer()))
    const finales = lectores.map((lector) => lector.leer())
    difusion.cerrar()
    expect(await Promise.all(finales)).toEqual([false, false, false])
    expect(waiting).toEqual([])
    const tarde = {
      usuarioId: 'eva',
      clienteId: 'eva',
      desde: undefined,
      hastaMs: 1,
      vigente: siempre,
    }
    expect((await difusion.seguir(tarde)).tipo).toBe('cerrado')
  })
})
