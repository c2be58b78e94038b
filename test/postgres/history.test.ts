import { expect, test } from 'bun:test'
import { serviceNames } from '@encargo/service-kit/run/config'
import { fuzzSeed } from '@encargo/service-kit/testing/random'
import { describeOnPostgres, dropDatabase, testDatabase } from '@encargo/storage/testing/postgres'
import { histories } from './history/histories.ts'

const seed = fuzzSeed(process.env['FUZZ_SEED'])
const operations = 1_200

/** What each history has to meet, or it would show less than it says. */
const met = {
  auth: [
    'usuarios.crear creado',
    'usuarios.crear email-en-uso',
    'usuarios.crear cedula-en-uso',
    'usuarios.editar editado',
    'usuarios.editar sin-permiso',
    'sesiones.abrir true',
    'sesiones.renovar renovada',
    'tienda.editar guardada',
  ],
  productos: [
    'crear creado',
    'crear sku-en-uso',
    'editar guardado',
    'editar version-distinta',
    'ponerImagen guardado',
    'importar hecho',
    'importar rechazada',
  ],
  inventario: [
    'reservar reservada',
    'reservar repetida',
    'reservar distinta',
    'reservar cerrada',
    'reservar stock-insuficiente',
    'confirmar hecho',
    'liberar hecho',
    'cambiar primera',
    'cambiar repetida',
    'cambiar distinta',
  ],
  pedidos: [
    'crear creado',
    'crear respondida',
    'crear usado',
    'crear excedido',
    'crear cliente-borrado',
    'proponer true',
    'proponer false',
    'terminar true',
    'terminar false',
    'conservar true',
    'conservar false',
  ],
  pagos: [
    'ponerMetodo creado',
    'ponerMetodo editado',
    'ponerMetodo version-distinta',
    'crear creado',
    'crear repetido',
    'crear distinta',
    'capturar hecho',
    'capturar excedido',
    'capturar no-manual',
    'pedir creado',
    'pedir repetido',
    'pedir distinto',
    'pedir excedido',
    'cerrarReembolso hecho',
    'cerrarReembolso en-camino',
    'tomar true',
    'tomar false',
    'guardar true',
    'guardar false',
  ],
} as const

describeOnPostgres(`a history of the same questions to both engines (FUZZ_SEED=${seed})`, () => {
  test.each(serviceNames)(
    'has the same answers and leaves the same rows: %s',
    async (name) => {
      const missed = new Set<string>()
      const lacking = new Set<string>(met[name])
      // What one history is too short for by chance, another one meets.
      for (let more = 0; more === 0 || (more < 3 && missed.size + lacking.size > 0); more++) {
        const database = await testDatabase()
        const lived = await histories[name](database, { seed: seed + more, operations })
        await dropDatabase(database)
        if (more === 0) for (const method of lived.missed) missed.add(method)
        for (const method of missed) if (!lived.missed.includes(method)) missed.delete(method)
        for (const outcome of lived.outcomes.keys()) lacking.delete(outcome)
        // They did share transactions, else this would prove less.
        expect(lived.writesTogether).toBeGreaterThan(2)
        // An id that follows from a key is no question to the store.
        missed.delete('idDeClave')
      }
      expect([...missed, ...lacking]).toEqual([])
    },
    60_000,
  )
})
