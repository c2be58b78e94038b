import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { expect, test } from 'bun:test'
import type { PedidosStore } from '../../src/ports/store.ts'
import { openPedidosPostgres } from '../../src/store/postgres/open.ts'
import { openPedidosStorage } from '../../src/store/sqlite/open.ts'
import { nuevoPedido, todos } from '../contract/fixture.ts'
import { storeDe } from '../fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const pedidos = 400
const preguntas = 400

/** Letters of all kinds: accents apart and in one, ligatures, tones, young ones, emoji, signs of searches. */
const letras = Array.from(
  'aaeeiouñnsstlcCzA019 éÉüçøßﬁ½Ⅻ①ά̈́ΆςσЁё漢字かｶﾞ한글हि𞤀𞤢𐐷Ꙃꞗ🙂👩‍💻⁴٣"\'\\:*|&!()-_.,@/\u00ad\u2019\ue000\uf8ff',
)

function azar(random: () => number) {
  const hasta = (n: number) => Math.floor(random() * n)
  const letra = () =>
    random() < 0.9
      ? (letras[hasta(letras.length)] ?? 'a')
      : String.fromCodePoint(0x20 + hasta(random() < 0.5 ? 0xd7e0 : 0x2ff0)).toWellFormed()
  const texto = (n: number) => Array.from({ length: 1 + hasta(n) }, letra).join('')
  return { hasta, texto }
}

describeOnPostgres('what a search finds', () => {
  test(`is the same on both engines, whatever is looked for (FUZZ_SEED=${seed})`, async () => {
    const { hasta, texto } = azar(createRandom(seed))
    const [aqui, alli] = [
      openPedidosStorage(':memory:'),
      await openPedidosPostgres(await testDatabase()),
    ]
    const stores = [await storeDe(aqui), await storeDe(alli)]
    const clientes = Array.from({ length: 4 }, () => Bun.randomUUIDv7())
    const dichos: string[] = []
    const nuevos = Array.from({ length: pedidos }, (_, n) => {
      const [notas, nombre, sku] = [texto(60), texto(9), texto(6)]
      dichos.push(notas, nombre, sku, 'x'.repeat(100) + n)
      const linea = { productoId: 'p', sku, nombre, cantidad: 1, precioUnitario: 5 }
      const direccionEnvio = {
        nombre: texto(8),
        calle: 'c',
        ciudad: 'c',
        pais: 'EC',
        telefono: '099 123 45',
      }
      const datos = { notas: `${notas} ${'x'.repeat(100)}${n}`, lineas: [linea], direccionEnvio }
      return nuevoPedido({ clienteId: clientes[hasta(4)] ?? '', ...datos })
    })
    await Promise.all(stores.map((store) => Promise.all(nuevos.map((uno) => store.crear(uno)))))
    await stores[0]?.anotarBorrados({ ids: clientes.slice(0, 1), ahora: 1, traza: 't' })
    await stores[1]?.anotarBorrados({ ids: clientes.slice(0, 1), ahora: 1, traza: 't' })

    const ambos = <T>(hacer: (store: PedidosStore) => Promise<T>) => Promise.all(stores.map(hacer))
    let halladas = 0
    for (let pregunta = 0; pregunta < preguntas; pregunta++) {
      const dicho = dichos[hasta(dichos.length)] ?? ''
      const desde = hasta(dicho.length)
      // Something that an order says, a part of it or more words, or anything.
      const q = [dicho.slice(desde, desde + 1 + hasta(9)), dicho, texto(4)][hasta(3)] ?? ''
      const clienteId = hasta(4) === 0 ? clientes[hasta(4)] : undefined
      const filtro = {
        ...todos,
        q,
        clienteId,
        limite: 1 + hasta(30),
        antesDe: hasta(3) ? undefined : hasta(pedidos),
      }
      const llamados = hasta(9) === 0 ? clientes.slice(3) : []
      const [una, otra] = await ambos(async (store) => {
        const hallados = await store.listar({ ...filtro, clientes: llamados })
        return hallados?.map(({ numero }) => numero)
      })
      expect([q, otra]).toEqual([q, una])
      halladas += una?.length ?? 0
      if (pregunta === preguntas / 2)
        await ambos((store) => store.borrarPersonales(clientes[0] ?? '', 999))
    }
    expect(halladas).toBeGreaterThan(preguntas)
    await Promise.all([aqui.close(), alli.close()])
  })
})
