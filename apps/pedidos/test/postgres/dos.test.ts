import { rows } from '@encargo/storage/testing'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import type { Storage } from '@encargo/storage'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Creacion, PedidosStore } from '../../src/ports/store.ts'
import { openPedidosPostgres } from '../../src/store/postgres/open.ts'
import { nuevoPedido } from '../contract/fixture.ts'
import { storeDe } from '../fixture.ts'

const cuantos = 150
const ola = 15

const numeros = (creaciones: readonly Creacion[]) =>
  creaciones.flatMap((una) => (una.tipo === 'creado' ? [una.pedido.numero] : []))

const idDe = (una: Creacion | undefined) => {
  if (una?.tipo === 'creado') return una.pedido.id
  if (una?.tipo === 'respondida' && una.respuesta.tipo === 'pedido') return una.respuesta.pedido.id
  throw new Error(`neither made nor answered: ${una?.tipo}`)
}

describeOnPostgres('two processes at one database', () => {
  const storages: Storage[] = []
  const stores: PedidosStore[] = []
  beforeAll(async () => {
    const url = await testDatabase()
    for (let n = 0; n < 2; n++) {
      const storage = await openPedidosPostgres(url)
      storages.push(storage)
      stores.push(await storeDe(storage))
    }
  })
  afterAll(async () => void (await Promise.all(storages.map((una) => una.close()))))

  /** At both at once, in waves: the clock of the second is 50 ms behind. */
  async function aLaVez<T>(hacer: (store: PedidosStore, n: number, ahora: number) => Promise<T>) {
    const respuestas: [T[], T[]] = [[], []]
    for (let desde = 0; desde < cuantos; desde += ola) {
      const unos = Array.from({ length: ola }, (_, n) => desde + n)
      const de = async (cual: 0 | 1) => {
        const store = stores[cual]
        if (!store) throw new Error('there are two')
        const suyas = unos.map((n) => hacer(store, n, 1_000 + n - cual * 50))
        respuestas[cual].push(...(await Promise.all(suyas)))
      }
      await Promise.all((desde / ola) % 2 === 0 ? [de(0), de(1)] : [de(1), de(0)])
    }
    return respuestas
  }

  test('number their orders without gaps, date them as they are numbered, and tell of them so', async () => {
    const [deUno, deOtro] = await aLaVez((store, _, ahora) => store.crear(nuevoPedido({ ahora })))
    const todos = [...numeros(deUno), ...numeros(deOtro)].toSorted((a, b) => a - b)
    expect(todos).toEqual(Array.from({ length: 2 * cuantos }, (_, n) => n + 1))
    const [storage] = storages
    if (!storage) throw new Error('there is one')
    const hechos = await rows<{ numero: number; creado: number; secuencia: number; en: number }>(
      storage,
      `SELECT p.numero, p.creado_en AS creado, e.secuencia, e.en
       FROM pedidos p JOIN pedido_eventos e ON e.numero = p.numero ORDER BY p.numero`,
    )
    const creados = hechos.map(({ creado }) => creado)
    expect(creados).toEqual(creados.toSorted((a, b) => a - b))
    expect(hechos.map(({ en }) => en)).toEqual(creados)
    expect(hechos.map(({ secuencia }) => secuencia)).toEqual(todos)
  })

  test('make one order of one key, and the later one has the answer of the first', async () => {
    const [deUno, deOtro] = await aLaVez((store, n, ahora) => {
      const clave = { usuarioId: 'u', clave: `k${n}`, huella: 'h' }
      // A third of the keys have come to a second attempt, whose id does not follow from the key.
      const primerId = store.idDeClave('u', clave.clave, 0)
      const id = n % 3 === 0 ? store.idDeClave('u', clave.clave, 1) : primerId
      return store.crear(nuevoPedido({ id, ahora, clave: { ...clave, primerId } }))
    })
    for (const [n, una] of deUno.entries()) {
      const otra = deOtro[n]
      expect([una.tipo, otra?.tipo].toSorted()).toEqual(['creado', 'respondida'])
      expect(idDe(otra)).toBe(idDe(una))
    }
    expect(numeros(deUno).length * numeros(deOtro).length).toBeGreaterThan(0)
  })

  test('let a customer hold no more than what is theirs, whoever sells it', async () => {
    const cupo = { pedidos: 7, unidades: 999, comprasDiarias: 99, plazoSegundos: 60 }
    const [deUno, deOtro] = await aLaVez((store, _, ahora) =>
      store.crear(nuevoPedido({ ahora, clienteId: 'ana', cupo })),
    )
    const tipos = [...deUno, ...deOtro].map(({ tipo }) => tipo)
    expect(tipos.filter((tipo) => tipo === 'creado')).toHaveLength(7)
    expect(tipos.filter((tipo) => tipo === 'excedido')).toHaveLength(2 * cuantos - 7)
  })
})
