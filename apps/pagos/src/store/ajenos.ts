import { apuntar } from '@encargo/service-kit/audit/log'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { Ajeno, AjenosStore, Resolucion } from '../ports/cobros.ts'

/** What is settled by hand is few. */
const maximo = 200

const ajenos = `SELECT a.proveedor, a.tipo, a.referencia, a.importe, a.moneda, c.id AS "cobroId", a.en,
    a.resuelto_en AS "resueltoEn", a.resolucion
  FROM ajenos a LEFT JOIN cobros c ON c.n = a.cobro_n`

type Cual = [proveedor: string, tipo: string, referencia: string]

const sentencias = {
  pendientes: statement<Ajeno, [limite: number]>(
    `${ajenos} WHERE a.resuelto_en IS NULL ORDER BY a.en, a.referencia LIMIT ?1`,
  ),
  resueltos: statement<Ajeno, [limite: number]>(
    `${ajenos} WHERE a.resuelto_en IS NOT NULL ORDER BY a.resuelto_en DESC, a.referencia LIMIT ?1`,
  ),
  uno: statement<Ajeno, Cual>(
    `${ajenos} WHERE a.proveedor = ?1 AND a.tipo = ?2 AND a.referencia = ?3`,
  ),
  resolver: statement<never, [...Cual, ahora: number, resolucion: string]>(
    `UPDATE ajenos SET resuelto_en = ?4, resolucion = ?5
     WHERE proveedor = ?1 AND tipo = ?2 AND referencia = ?3 AND resuelto_en IS NULL`,
  ),
}

function* resolver({ cual, resolucion, por }: Resolucion): Script<Ajeno | undefined> {
  const { proveedor, tipo, referencia } = cual
  const hecho = yield* sentencias.resolver.run(proveedor, tipo, referencia, por.ahora, resolucion)
  const ajeno = yield* sentencias.uno.get(proveedor, tipo, referencia)
  if (hecho === 1 && ajeno) {
    const sujeto = `${proveedor}:${tipo}:${referencia}`
    yield* apuntar(apunteDe('ajeno-resuelto', sujeto, por, `importe ${ajeno.importe}`))
  }
  return ajeno
}

/** Money that is no charge's, and what people did about it. */
export function createAjenos(engine: Engine): AjenosStore {
  engine.prepare(...Object.values(sentencias))
  return {
    ajenos: (resueltos) =>
      engine.ask((resueltos ? sentencias.resueltos : sentencias.pendientes).all(maximo)),
    resolverAjeno: (resolucion) => engine.write(() => resolver(resolucion)),
  }
}
