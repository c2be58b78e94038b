import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { rows } from '@encargo/storage/testing'
import type { Storage } from '@encargo/storage'
import { expect, test } from 'bun:test'
import type { Linea, Proposito } from '../../src/domain/pedido.ts'
import type { Final, NuevoPedido, PedidosStore, Propuesta } from '../../src/ports/store.ts'
import { openPedidosPostgres } from '../../src/store/postgres/open.ts'
import { openPedidosStorage } from '../../src/store/sqlite/open.ts'
import { corridaDe, horaMs, nuevoPedido } from '../contract/fixture.ts'
import { condiciones, nuevoCupon } from '../contract/ventas.ts'
import { storeDe } from '../fixture.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const tablas = {
  pedidos: 'numero',
  pedido_lineas: 'numero, posicion',
  pedido_eventos: 'secuencia',
  pedido_corridas: 'numero, orden',
  idempotencia: 'usuario_id, clave',
  pedido_condiciones: 'numero',
  cupones: 'codigo',
  cupon_usos: 'numero',
} as const

/** Every row that the writes of a store leave, of which those of marks are but for who the database is. */
async function filas(storage: Storage) {
  const marcas =
    "SELECT * FROM marcas WHERE nombre NOT IN ('instalacion', 'secreto-enlaces') ORDER BY nombre"
  const todas = [marcas]
  for (const [tabla, orden] of Object.entries(tablas))
    todas.push(`SELECT * FROM ${tabla} ORDER BY ${orden}`)
  return await Promise.all(todas.map((texto) => rows(storage, texto)))
}

/** Requests that have to do with each other more often than not. */
function azar(random: () => number, { idDeClave }: PedidosStore) {
  const hasta = (n: number) => Math.floor(random() * n)
  const de = <T>(...unos: [T, ...T[]]): T => unos[hasta(unos.length)] ?? unos[0]
  const ids: [string, ...string[]] = [Bun.randomUUIDv7()]
  let ahora = 40 * horaMs

  function nuevo(): NuevoPedido {
    ahora += de(0, 0, 1, 50, -40, 25 * horaMs, -3 * horaMs)
    const clienteId = de('ana', 'luis', 'eva', 'eva')
    const creadoPor = de(clienteId, clienteId, 'staff')
    const usuarioId = creadoPor
    const clave = { usuarioId, clave: `k${de(0, ids.length >> 3)}`, huella: de('h', 'h', 'otra') }
    const primerId = idDeClave(usuarioId, clave.clave, 0)
    const conClave = random() < 0.5
    const id = conClave
      ? de(primerId, primerId, idDeClave(usuarioId, clave.clave, 1))
      : de(Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7(), ids[hasta(ids.length)] ?? '')
    ids.push(id)
    const lineas = Array.from({ length: 1 + hasta(3) }, (_, n) => {
      const sku = de('A "1"', 'Ñ\\2', "O'3")
      const linea = {
        productoId: `p${n}`,
        sku,
        nombre: sku,
        cantidad: 1 + hasta(3),
        precioUnitario: 5,
      }
      const gravamen = { clase: 'general', tasa: 1_500, porDentro: de(false, true) }
      return de<Linea>(linea, {
        ...linea,
        cuenta: { descuento: hasta(5), gravamen, impuesto: hasta(3) },
      })
    })
    const contacto = de(null, { nombre: 'Ana "la 1"', email: 'ana@correo.example' })
    const acordadas = condiciones({ contacto, envioImporte: 0, canal: de(null, 'web') })
    const cupo = { pedidos: 3, unidades: 9, comprasDiarias: 9, plazoSegundos: 60 }
    return nuevoPedido({
      id,
      clienteId,
      creadoPor,
      ahora,
      lineas,
      clave: conClave ? { ...clave, primerId } : undefined,
      cupo: creadoPor === clienteId ? cupo : undefined,
      completarDesde: de(undefined, ahora + 15_000),
      notas: de(null, 'al "timbre" \\ \u{1f600}'),
      condiciones: de(null, null, acordadas, { ...acordadas, cupon: de('DIEZ', 'UNO') }),
      direccionEnvio: de(null, { nombre: 'Ana', calle: 'Sol 1', ciudad: 'Loja', pais: 'EC' }),
    })
  }
  const actor = () => de('sistema', 'ana', 'x')
  const numero = () => 1 + hasta(ids.length)
  const proposito = () => de<Proposito>('completar', 'cancelar', 'expirar')
  const quien = () => ({ numero: numero(), proposito: proposito(), actor: actor() })
  function propuesta(): Propuesta {
    return { ...quien(), motivo: de(null, 'un "motivo"'), ahora, proximaEn: ahora + 9 }
  }
  function final(): Final {
    const estado = de('Completado', 'Cancelado')
    const motivo = estado === 'Completado' ? null : de(null, 'otro')
    return { ...quien(), estado, motivo, ahora, corrida: corridaDe('cancelar', 'x', ahora) }
  }
  return { hasta, de, ids, nuevo, propuesta, final }
}

describeOnPostgres('many writes of one moment', () => {
  test(`are answered, and leave what they leave, as one after the other (FUZZ_SEED=${seed})`, async () => {
    const alli = await openPedidosPostgres(await testDatabase())
    const aqui = openPedidosStorage(':memory:')
    const stores = [await storeDe(aqui), await storeDe(alli)] as const
    const { hasta, de, ids, nuevo, propuesta, final } = azar(createRandom(seed), stores[0])
    const tipos: string[] = []

    /** The same at both, at one moment: SQLite does one after the other. */
    async function ambos<T>(hacer: (store: PedidosStore) => Promise<T>[]): Promise<readonly T[]> {
      const [una, otra] = await Promise.all(stores.map((store) => Promise.all(hacer(store))))
      expect(otra).toEqual(una ?? [])
      return una ?? []
    }
    await ambos((store) => [
      store.crearCupon(nuevoCupon({ usosMaximos: 1 }), 1),
      store.crearCupon(nuevoCupon({ codigo: 'UNO', usosPorCliente: 2 }), 1),
    ])
    for (let grupo = 0; grupo < 60; grupo++) {
      const cuantos = 1 + hasta(de(1, 6, 30))
      const varios = <T>(uno: () => T) => Array.from({ length: cuantos }, uno)
      const pedidos = varios(nuevo)
      const creaciones = await ambos((store) => pedidos.map((uno) => store.crear(uno)))
      tipos.push(...creaciones.map(({ tipo }) => tipo))
      const propuestas = varios(propuesta)
      await ambos((store) => propuestas.map((una) => store.proponer(una)))
      const finales = varios(final)
      const fines = await ambos((store) => finales.map((uno) => store.terminar(uno)))
      tipos.push(...fines.map((fin) => `fin ${fin}`))
      const perdido = { ids: [de('x', ...ids)], motivo: 'm', ahora: 1, proximaEn: 2, traza: 't' }
      if (grupo % 7 === 0) await ambos((store) => [store.descartar(perdido)])
      if (grupo === 50) {
        await ambos((store) => [store.anotarBorrados({ ids: ['ana'], ahora: 1, traza: 't' })])
      }
    }
    expect(await filas(alli)).toEqual(await filas(aqui))
    const todos = [
      'creado',
      'respondida',
      'usado',
      'excedido',
      'cliente-borrado',
      'cupon-agotado',
      'fin true',
      'fin false',
    ]
    expect([...new Set(tipos)].toSorted()).toEqual(todos.toSorted())
    // They did share their statements, else this would prove nothing.
    const { commits, writes } = alli.stats()
    expect(commits).toBeLessThan(writes / 3)
    await Promise.all([alli.close(), aqui.close()])
  })
})
