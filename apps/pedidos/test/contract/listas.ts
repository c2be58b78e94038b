import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { describe, expect, test } from 'bun:test'
import { type Base, escritor, todos } from './fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const alFin = Number.POSITIVE_INFINITY

/** What lists of orders promise. */
export function listasContract(base: Base): void {
  const { crear, completar, numeros } = base
  const porVencer = (expiraEn: number, numero: number) =>
    numeros({ limite: 1, porVencer: { expiraEn, numero } })

  describe('a list', () => {
    test('has the newest first, one more than a page when there are more', async () => {
      for (let hechos = 0; hechos < 5; hechos++) await crear()
      expect(await numeros({ limite: 2 })).toEqual([5, 4, 3])
      expect(await numeros({ limite: 2, antesDe: 4 })).toEqual([3, 2, 1])
      expect(await numeros({ limite: 2, antesDe: 2 })).toEqual([1])
    })

    test('picks by state and customer', async () => {
      for (const clienteId of ['ana', 'luis', 'ana']) await crear({ clienteId })
      await completar(1)
      expect(await numeros({ estado: 'Pendiente' })).toEqual([3, 2])
      expect(await numeros({ clienteId: 'ana', estado: 'Completado' })).toEqual([1])
      expect(await numeros({ clienteId: 'eva' })).toEqual([])
    })

    test('reads so many lines, of the newest orders first', async () => {
      for (let hechos = 0; hechos < 3; hechos++) await crear()
      const listados = await base.store.listar({ ...todos, maxLineas: 2 })
      expect(listados?.map(({ lineas }) => lineas.length)).toEqual([1, 1, 0])
    })

    test('begins with what runs out first when asked to, and leaves out what has ended', async () => {
      for (const expiraEn of [9_000, 7_000, 8_000, 7_000]) await crear({ expiraEn })
      await completar(3)
      expect(await porVencer(0, 0)).toEqual([2, 4])
      expect(await porVencer(7_000, 2)).toEqual([4, 1])
    })

    test('finds words of an order as soon as it is made, and by whom they are not', async () => {
      const { id } = await crear({ clienteId: 'ana', notas: 'Traer una cocción lenta' })
      await crear({ clienteId: 'luis' })
      expect(await numeros({ q: 'coccion' })).toEqual([1])
      expect(await numeros({ q: 'cafe' })).toEqual([2, 1])
      expect(await numeros({ q: 'cafe', clienteId: 'luis' })).toEqual([2])
      expect(await numeros({ q: 'pedido 1' })).toEqual([1])
      expect(await numeros({ q: 'nada', clientes: ['ana'] })).toEqual([1])
      expect((await base.store.listar({ ...todos, q: 'coccion' }))?.[0]?.id).toBe(id)
    })

    test(`of a span of time has what was made in it (seed ${seed})`, async () => {
      const random = createRandom(seed)
      const hechos: { numero: number; creadoEn: number }[] = []
      let ahora = 10
      for (let cuantos = 0; cuantos < 40; cuantos++) {
        ahora += random() < 0.4 ? 0 : Math.floor(random() * 5)
        hechos.unshift(await crear({ ahora }))
        for (let ms = 8; ms < ahora + 3; ms += 1 + Math.floor(random() * 9)) {
          const [desde, hasta] = [ms, ms + Math.floor(random() * 9)]
          const esperados = hechos.filter((uno) => uno.creadoEn >= desde && uno.creadoEn < hasta)
          expect([ms, await numeros({ desde, hasta })]).toEqual([
            ms,
            esperados.map(({ numero }) => numero),
          ])
        }
      }
    })

    test(`of a customer is whole however far behind its follower is, and so is their history (seed ${seed})`, async () => {
      const random = createRandom(seed)
      const hasta = (n: number) => Math.floor(random() * n)
      const { nuevo, fin } = escritor(base.store)
      const clientes = ['ana', 'luis', 'eva']
      const hechos: { numero: number; clienteId: string }[] = []
      const abiertos: number[] = []

      async function comparar(): Promise<void> {
        const clienteId = clientes[hasta(3)] ?? ''
        const limite = 1 + hasta(6)
        const desde = hasta(2) === 0 ? undefined : hasta(hechos.length + 2)
        const antesDe = hasta(2) === 0 ? undefined : hasta(hechos.length + 2)
        const esperados = hechos
          .filter((uno) => uno.clienteId === clienteId)
          .map(({ numero }) => numero)
          // The moments of these orders are their numbers.
          .filter((numero) => numero >= (desde ?? 0) && numero < (antesDe ?? alFin))
          .toReversed()
        const filtro = { clienteId, desde, antesDe, limite }
        expect(await numeros(filtro)).toEqual(esperados.slice(0, limite + 1))
        const place = hasta(hechos.length * 2)
        const trecho = { desde: place, hasta: place + hasta(40), limite: 1000 }
        const todas = await base.historial.leer({ ...trecho, clienteId: undefined })
        expect(await base.historial.leer({ ...trecho, clienteId })).toEqual(
          todas.filter((una) => una.clienteId === clienteId),
        )
      }

      const seguir = async () => {
        for (const seguidor of base.store.seguidores) await seguidor.alDia({ maxMs: alFin })
      }
      for (let paso = 0; paso < 1_200; paso++) {
        const suerte = random()
        const abierto = suerte < 0.2 ? abiertos.pop() : undefined
        if (abierto !== undefined) await fin(abierto)
        else if (suerte < 0.5) {
          const clienteId = clientes[hasta(3)] ?? ''
          const numero = await nuevo(clienteId)
          hechos.push({ numero, clienteId })
          abiertos.push(numero)
        } else if (suerte < 0.55) await seguir()
        else if (suerte < 0.555) await base.store.quitarMarca('clientes')
        else await comparar()
      }
    })
  })
}
