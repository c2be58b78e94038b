import { apuntar } from '@encargo/service-kit/audit/log'
import {
  esperaDinero,
  type TipoMovimiento,
  tiposMovimiento,
} from '@encargo/service-kit/values/cobros'
import type { Script } from '@encargo/storage'
import { statement, together } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { Cobro } from '../domain/cobro.ts'
import { claveDe, type Conciliado, conciliar } from '../domain/conciliar.ts'
import type { Verdad } from '../domain/verdad.ts'
import * as deberes from '../domain/deberes.ts'
import { hechosDe } from '../domain/hecho.ts'
import { proximaConsulta } from '../domain/plazo.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Novedad } from '../ports/cobros.ts'
import { sentencias as avisos } from './avisos-sql.ts'
import { aReembolso, guardar, sentencias } from './filas.ts'
import { cerrada, crecido, debe, type Entero, juntas, sucede } from './registro.ts'

interface Clave {
  readonly tipo: TipoMovimiento
  readonly referencia: string
}

const tipos = tiposMovimiento.map((uno) => `'${uno}'`).join(', ')
/** Of references, what stands under them in a table whose index begins with provider and kind. */
const deReferencias = (tabla: string, mas: string) =>
  `SELECT tipo, referencia FROM ${tabla}
   WHERE proveedor = (SELECT proveedor FROM cobros WHERE id = ?1) AND tipo IN (${tipos})
     AND referencia IN (SELECT value FROM json_each(?2)) ${mas}`

export const sentenciasDeOtros = {
  deOtros: statement<Clave, [id: string, referencias: string]>(
    deReferencias('movimientos', 'AND cobro_n <> (SELECT n FROM cobros WHERE id = ?1)'),
  ),
  apartados: statement<Clave, [id: string, referencias: string]>(deReferencias('ajenos', '')),
}

/** What a provider said, as of now: what is known is read in the write that adds to it. */
export function* escribirNovedad(novedad: Novedad): Script<CobroEntero | undefined> {
  const { cobroId, visto, aviso, ahora, consultable, referencia } = novedad
  const referencias = JSON.stringify([...new Set(visto.movimientos.map((uno) => uno.referencia))])
  const [fila, movimientos, filas, deOtros, apartados] = yield* together(
    sentencias.cobro.get(cobroId),
    sentencias.movimientos.all(cobroId),
    sentencias.reembolsos.all(cobroId),
    sentenciasDeOtros.deOtros.all(cobroId, referencias),
    sentenciasDeOtros.apartados.all(cobroId, referencias),
  )
  if (fila?.proveedor !== novedad.proveedor) return undefined
  const reembolsos = filas.map(aReembolso)
  const conocido = {
    cobro: fila,
    movimientos,
    reembolsos,
    deOtros: new Set(deOtros.map(claveDe)),
    apartados: new Set(apartados.map(claveDe)),
  }
  const antes = { ...fila, movimientos, reembolsos }
  const conciliado = conciliar(conocido, visto)
  const despues = siguiente(antes, conciliado, {
    ahora,
    consultable,
    aviso: aviso?.eventoId ?? null,
    referencia: referencia ?? null,
  })
  yield* anotar(antes, despues, conciliado, novedad)
  if (aviso) yield* avisos.hecho.run(fila.proveedor, aviso.eventoId)
  if (novedad.por) yield* apuntar(apunteDe('cobro-cerrado', cobroId, novedad.por, despues.estado))
  yield* cerrada(novedad.deuda)
  return despues
}

interface Al {
  readonly ahora: number
  readonly consultable: boolean
  readonly aviso: string | null
  readonly referencia: string | null
}

function siguiente(
  antes: Entero,
  conciliado: Conciliado,
  { ahora, consultable, aviso, referencia }: Al,
): Entero {
  const { fase, sumas, nuevos, cambia } = conciliado
  const cambiados = new Map(conciliado.reembolsos.map((uno) => [uno.id, uno]))
  const reembolsos = antes.reembolsos.map((uno) => cambiados.get(uno.id) ?? uno)
  const movimientos = [
    ...antes.movimientos,
    ...nuevos.map((uno, i) => ({
      ...uno,
      // Whatever its provider's clock says, it happened before it was heard of.
      en: Math.min(uno.en, ahora),
      secuencia: antes.movimientos.length + 1 + i,
      aviso,
    })),
  ]
  const abierto = esperaDinero(fase)
  const cambios = {
    ...fase,
    ...sumas,
    referencia: antes.referencia ?? referencia,
    url: abierto ? antes.url : null,
    volverA: fase.estado === 'creado' ? antes.volverA : null,
    fallos: 0,
  }
  const todo = { ...antes, movimientos, reembolsos }
  const cobro = cambia ? crecido(todo, cambios, ahora) : { ...todo, ...cambios }
  const vuelve = reembolsos.some(({ estado }) => estado === 'enviado')
  return { ...cobro, consultarEn: proximaConsulta(cobro, { consultable, vuelve }, ahora) }
}

function* anotar(
  antes: Entero,
  despues: Entero,
  conciliado: Conciliado,
  novedad: Novedad & { readonly visto: Verdad },
): Script<void> {
  const { n, id, proveedor } = antes
  const { ahora, visto } = novedad
  const nuevos = despues.movimientos.slice(antes.movimientos.length)
  yield* juntas(
    igual(antes, despues) ? undefined : guardar(despues),
    ...nuevos.map((uno) =>
      sentencias.mover.run(
        n,
        uno.secuencia,
        proveedor,
        uno.tipo,
        uno.importe,
        uno.referencia,
        uno.en,
        uno.aviso,
      ),
    ),
    ...conciliado.ajenos.map((uno) =>
      sentencias.apartar.run(
        proveedor,
        uno.tipo,
        uno.referencia,
        uno.importe,
        visto.moneda,
        n,
        uno.en,
      ),
    ),
    ...conciliado.reembolsos.map((uno) =>
      sentencias.guardarReembolso.run(uno.id, uno.estado, uno.referencia, uno.causa, ahora),
    ),
    ...hechosDe(antes, conciliado).map((hecho) => sucede(hecho, antes, ahora)),
    conciliado.cambia ? debe(deberes.contar, id, novedad) : undefined,
    conciliado.cerrarDeNuevo ? debe(deberes.cerrar(proveedor), id, novedad) : undefined,
  )
}

const igual = (antes: Cobro, despues: Cobro): boolean =>
  antes.version === despues.version &&
  antes.consultarEn === despues.consultarEn &&
  antes.referencia === despues.referencia &&
  antes.fallos === despues.fallos &&
  antes.ultimoRechazo === despues.ultimoRechazo
