import { apuntar } from '@encargo/service-kit/audit/log'
import { cambiados } from '@encargo/service-kit/values/changed-fields'
import { type Engine, type Script, statement } from '@encargo/storage'
import { type AjustesAvisos, sinAjustes } from '../domain/ajustes.ts'
import { apunteDe } from '../domain/auditoria.ts'
import type { Ajustados, AvisoStore, CambioAjustes } from '../ports/avisos.ts'

const nombre = 'avisos'
interface Fila {
  readonly valor: string
  readonly version: number
}

export const sentencias = {
  leer: statement<Fila, [nombre: string]>('SELECT valor, version FROM ajustes WHERE nombre = ?1'),
  poner: statement<never, [nombre: string, valor: string, version: number, ahora: number]>(
    `INSERT INTO ajustes (nombre, valor, version, actualizado_en) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (nombre) DO UPDATE SET valor = excluded.valor, version = excluded.version,
       actualizado_en = excluded.actualizado_en`,
  ),
}

const ajustados = (fila: Fila | undefined): Ajustados =>
  fila
    ? // Written by `poner`, from AjustesAvisos.
      { ajustes: JSON.parse(fila.valor) as AjustesAvisos, version: fila.version }
    : { ajustes: sinAjustes, version: 0 }

/** `personal` first: the follower of the history looks for it there. */
const comoTexto = ({ personal, tipos, instruccionesPago, idioma }: AjustesAvisos) =>
  JSON.stringify({ personal, tipos, instruccionesPago, idioma })

function* poner(cambio: CambioAjustes): Script<Ajustados | undefined> {
  const { ajustes, ahora, por } = cambio
  const antes = yield* leerAjustes()
  if (!cambio.admite(antes.version)) return undefined
  const detalle = cambiados(antes.ajustes, ajustes)
  if (detalle === '') return antes
  const version = antes.version + 1
  yield* sentencias.poner.run(nombre, comoTexto(ajustes), version, ahora)
  yield* apuntar(apunteDe('ajustes-cambiados', nombre, { en: ahora, por, detalle }))
  return { ajustes, version }
}

export function* leerAjustes(): Script<Ajustados> {
  return ajustados(yield* sentencias.leer.get(nombre))
}

/** What the shop has set about its mails. */
export const createAjustes = (engine: Engine): Pick<AvisoStore, 'ajustes' | 'ponerAjustes'> => ({
  ajustes: async () => ajustados(await engine.ask(sentencias.leer.get(nombre))),
  ponerAjustes: (cambio) => engine.write(() => poner(cambio)),
})
