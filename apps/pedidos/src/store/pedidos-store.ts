import type { Database } from 'bun:sqlite'
import { createBorrados } from './borrados.ts'
import { createCreacion } from './creacion.ts'
import { createDeCliente } from './de-cliente.ts'
import { createDescartes } from './descartes.ts'
import { createIndice } from './indice.ts'
import { createLectura } from './lectura.ts'
import { createLista } from './lista.ts'
import { createMarcha } from './marcha.ts'
import type { PedidosStore } from '../ports/store.ts'
import { createResumen } from './resumen.ts'
import type { PedidosStorage } from './sqlite/open.ts'

/** When the last change of an order was, in milliseconds since the epoch; null before the first. */
export function ultimoMomento({ client }: { readonly client: Database }): number | null {
  const ultimo = client
    .query<{ en: number }, []>('SELECT en FROM pedido_eventos ORDER BY secuencia DESC LIMIT 1')
    .get()
  return ultimo?.en ?? null
}

/** How long a search waits for what was written to be in the index, in milliseconds. */
const esperaIndiceMs = 1_000

/**
 * The orders in SQLite. Reads see what is committed; writes resolve after their fsync. `reloj` tells
 * monotonic milliseconds.
 */
export function createPedidosStore(
  storage: PedidosStorage,
  reloj: () => number = () => performance.now(),
): PedidosStore {
  const lectura = createLectura(storage.db)
  const listar = createLista(storage)
  const creacion = createCreacion(storage, lectura)
  const marcha = createMarcha(storage)
  const descartes = createDescartes(storage)
  const indice = createIndice(storage, reloj)
  const borrados = createBorrados(storage, lectura, indice)
  const deCliente = createDeCliente(storage, reloj)
  const { seguidor, resumen } = createResumen(storage, reloj)
  return {
    seguidores: [deCliente, indice.seguidor, seguidor],
    idDeClave: creacion.idDeClave,
    porId: async (id) => lectura.porId(id),
    async listar(filtro) {
      if (filtro.q !== null && !(await indice.seguidor.alDia({ maxMs: esperaIndiceMs })))
        return null
      return listar(filtro)
    },
    historia: async (id) => lectura.historia(id),
    resumen,
    antecedentes: async (clave, ahora) => creacion.antecedentes(clave, ahora),
    usado: async (id) => creacion.usado(id),
    excede: async (clienteId, mas, cupo) => creacion.excede(clienteId, mas, cupo),
    crear: creacion.crear,
    negar: creacion.negar,
    proponer: marcha.proponer,
    terminar: marcha.terminar,
    prorrogar: marcha.prorrogar,
    anotarFallo: marcha.anotarFallo,
    vencer: marcha.vencer,
    conIntencion: async (hasta, limite) => marcha.conIntencion(hasta, limite),
    espera: async () => marcha.espera(),
    destinos: async (ids) => descartes.destinos(ids),
    descartar: descartes.descartar,
    porLiberar: async (hasta, limite) => descartes.porLiberar(hasta, limite),
    cerrarDescarte: descartes.cerrarDescarte,
    aplazarDescarte: descartes.aplazarDescarte,
    olvidar: descartes.olvidar,
    ultimoCambio: async () => ultimoMomento(storage),
    marca: async (nombre) => descartes.marca(nombre),
    ponerMarca: descartes.ponerMarca,
    quitarMarca: descartes.quitarMarca,
    borradosSinAnotar: async (ids) => borrados.sinAnotar(ids),
    anotarBorrados: borrados.anotar,
    porBorrar: async (limite) => borrados.porBorrar(limite),
    borrarPersonales: borrados.borrar,
    cerrarBorrados: borrados.cerrar,
  }
}
