import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Many, type Script, together } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { Aviso, AvisosStore } from '../ports/cobros.ts'
import { sentencias } from './avisos-sql.ts'

type Fila = Parameters<typeof sentencias.guardar.run>

/** Whether each was new; those of one moment are one way to the database, and one fsync. */
const guardar: Many<Fila, boolean> = {
  *one(fila) {
    return (yield* sentencias.guardar.run(...fila)) === 1
  },
  *all(filas) {
    const hechas = yield* together(...filas.map((fila) => sentencias.guardar.run(...fila)))
    return hechas.map((cambios) => () => cambios === 1)
  },
}

/** The inbox. Notices that arrive together share one fsync; one that is there already costs none. */
export function createAvisos(engine: Engine): AvisosStore {
  engine.prepare(...Object.values(sentencias))
  return {
    async guardar({ proveedor, eventoId, referencia, cuerpo, ahora }) {
      if (await engine.ask(sentencias.esta.get(proveedor, eventoId))) return false
      const fila: Fila = [proveedor, eventoId, referencia, cuerpo, ahora]
      return await engine.writeEach(guardar, fila)
    },
    aviso: (proveedor, eventoId) => engine.ask(sentencias.uno.get(proveedor, eventoId)),
    async ajeno(proveedor, eventoId) {
      await engine.write(() => sentencias.ajeno.run(proveedor, eventoId))
    },
    reintentar: (proveedor, eventoId, { ahora }, por) =>
      engine.write(function* (): Script<Aviso | undefined> {
        const aviso = yield* sentencias.uno.get(proveedor, eventoId)
        if (!aviso) return undefined
        yield* sentencias.reintentar.run(proveedor, eventoId, ahora)
        yield* apuntar(apunteDe('aviso-reintentado', `${proveedor}:${eventoId}`, por))
        return yield* sentencias.uno.get(proveedor, eventoId)
      }),
  }
}
