import type { Clock } from '@encargo/service-kit/async/clock'
import { listarAuditoria } from '@encargo/service-kit/audit/log'
import type { Engine } from '@encargo/storage'
import type { IdDeClave } from '../domain/identidad-pedido.ts'
import type { PedidosStore } from '../ports/store.ts'
import { createAnulacion } from './anulacion.ts'
import { createAjustes } from './ajustes.ts'
import { createAvisos } from './avisos.ts'
import { createBajas } from './bajas.ts'
import { createBorrados } from './borrados.ts'
import { createCobranza } from './cobranza/store.ts'
import { createConservar } from './conservar.ts'
import { createCreacion } from './creacion.ts'
import { createCupones } from './cupones.ts'
import { deCliente } from './de-cliente.ts'
import { createDescartes } from './descartes.ts'
import { createEnlaceStore } from './enlaces.ts'
import { createHechos } from './hechos.ts'
import { indice } from './indice.ts'
import { ultimoCambio } from './inicio.ts'
import { historiaDe, porId } from './lectura.ts'
import { listar } from './lista.ts'
import { createMarcha } from './marcha.ts'
import { createMetodos } from './metodos.ts'
import { createNotas } from './notas.ts'
import { createObligaciones } from './obligaciones.ts'
import { createPreparado } from './preparado.ts'
import { leerResumen, sumas } from './resumen.ts'
import { avisosDeEventos } from './seguidor-avisos.ts'
import { Seguidor } from './seguidor.ts'

/** How long a search or a summary waits for what was written to be in it, in milliseconds. */
const maxMs = 1_000

/** The orders. Reads see what is committed; writes resolve after their fsync. */
export function createPedidosStore(
  engine: Engine,
  clock: Pick<Clock, 'monoMs'>,
  idDeClave: IdDeClave,
): PedidosStore {
  const borrados = createBorrados(engine)
  const listas = new Seguidor(engine, deCliente, clock)
  const busqueda = new Seguidor(engine, indice, clock)
  const resumen = new Seguidor(engine, sumas, clock)
  const avisos = new Seguidor(engine, avisosDeEventos, clock)
  return {
    ...createCreacion(engine),
    ...createMarcha(engine),
    ...createPreparado(engine),
    ...createConservar(engine),
    ...createEnlaceStore(engine),
    ...createAnulacion(engine),
    ...createAvisos(engine),
    ...createAjustes(engine),
    ...createCobranza(engine),
    ...createBajas(engine),
    ...createObligaciones(engine),
    ...createHechos(engine),
    ...createNotas(engine),
    ...createDescartes(engine),
    ...createMetodos(engine),
    ...createCupones(engine),
    auditoria: listarAuditoria(engine),
    idDeClave,
    compartido: engine.shared,
    deGuardia: () => engine.holds('pedidos'),
    seguidores: [listas, busqueda, resumen, avisos],
    porId: (id) => engine.read(() => porId(id)),
    async listar(filtro) {
      const alDia = filtro.q === undefined || (await busqueda.alDia({ maxMs }))
      return alDia ? await listar(engine, filtro) : undefined
    },
    historia: (id) => engine.read(() => historiaDe(id)),
    resumen: async (consulta) =>
      (await resumen.alDia({ maxMs })) ? await leerResumen(engine, consulta) : undefined,
    ultimoCambio: async () => (await engine.ask(ultimoCambio.get()))?.en,
    borradosSinAnotar: borrados.sinAnotar,
    anotarBorrados: borrados.anotar,
    borrarPersonales: borrados.borrar,
    cerrarBorrado: borrados.cerrar,
  }
}
