import type { Engine } from '@encargo/storage'
import type { CobranzaStore } from '../../ports/cobranza.ts'
import { porNumero } from '../lectura.ts'
import { sentencias as deSucesos } from '../sucesos.ts'
import { createAbonos, sentencias as deAbonos } from './abonos.ts'
import { anotarCobro, sentencias as deCobros } from './cobros.ts'
import {
  forzar,
  proponerAsegurar,
  seguirCobrado,
  sentencias as deFines,
  terminarCobrado,
} from './fines.ts'
import { sentencias as comunes } from './juzgar.ts'
import { consultas } from './leer.ts'
import { lecturas as deSumas, sentencias as sumar } from './sumas.ts'

/** All that is asked, for the start and for those who look at plans. */
export const sentencias = {
  ...consultas,
  ...comunes,
  ...deSucesos,
  ...deCobros,
  ...deFines,
  ...deAbonos,
  ...sumar,
}

/** The money of orders, and what follows from it. */
export function createCobranza(engine: Engine): CobranzaStore {
  for (const unas of [consultas, comunes, deSucesos, deCobros, deFines, deAbonos, sumar, deSumas]) {
    engine.prepare(...Object.values(unas))
  }
  return {
    ...createAbonos(engine),
    anotarCobro: (anotacion) => engine.write(() => anotarCobro(anotacion)),
    pedidoDeCobro: (id) =>
      engine.read(function* () {
        const cobro = yield* consultas.cobro.get(id)
        return cobro && (yield* porNumero(cobro.numero))
      }),
    proponerAsegurar: (suceso) => engine.write(() => proponerAsegurar(suceso)),
    forzar: (forzado) => engine.write(() => forzar(forzado)),
    seguirCobrado: (paso) => engine.write(() => seguirCobrado(paso)),
    terminarCobrado: (final) => engine.write(() => terminarCobrado(final)),
  }
}
