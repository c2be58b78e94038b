import { saldar } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement } from '@encargo/storage'
import { impuestoDeAbono } from '../../domain/cobranza/abono.ts'
import type { CausaAbono } from '../../domain/cobranza/cuenta.ts'
import type {
  AbonoAnotado,
  CobranzaStore,
  NuevoAbono,
  ReembolsoPedido,
} from '../../ports/cobranza.ts'
import { guardable } from '../marcha.ts'
import { porNumeros } from '../lectura.ts'
import { sentencias as deCobros } from './cobros.ts'
import { sentencias as deFines } from './fines.ts'
import { evento } from '../sucesos.ts'
import { juzgar, sentencias as comunes } from './juzgar.ts'
import { leerCuenta } from './leer.ts'

/** Comes before all that a list of balances may have. */
const desdeElComienzo = { asunto: '', numero: 0 }

export const sentencias = {
  previo: statement<
    { readonly numero: number; readonly importe: number; readonly causa: CausaAbono },
    [id: string]
  >('SELECT numero, importe, causa FROM abonos WHERE id = ?1'),
  /** What of an order is tax, and what of that is given up already. */
  impuestos: statement<{ readonly impuesto: number; readonly abonado: number }, [numero: number]>(
    `SELECT CAST(coalesce((SELECT sum(l.impuesto) FROM pedido_lineas l WHERE l.numero = ?1), 0) AS BIGINT)
         + coalesce((SELECT c.envio_impuesto FROM pedido_condiciones c WHERE c.numero = ?1), 0) AS impuesto,
       CAST(coalesce((SELECT sum(a.impuesto) FROM abonos a WHERE a.numero = ?1), 0) AS BIGINT) AS abonado`,
  ),
  /** Why is said in the history alone. */
  abono: statement<
    never,
    [
      id: string,
      numero: number,
      CausaAbono,
      importe: number,
      impuesto: number,
      actor: string,
      en: number,
    ]
  >(
    `INSERT INTO abonos (id, numero, causa, importe, impuesto, actor, en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
  ),
  reembolso: statement<ReembolsoPedido, [id: string]>(
    `SELECT id, numero, cobro_id AS "cobroId", importe, motivo, estado FROM reembolsos_pedidos WHERE id = ?1`,
  ),
  saldos: statement<{ readonly numero: number }, [asunto: string, numero: number, limite: number]>(
    `SELECT numero FROM pedido_cobranza WHERE "asunto" IS NOT NULL AND (asunto, numero) > (?1, ?2)
     ORDER BY asunto, numero LIMIT ?3`,
  ),
  saldosDe: statement<
    { readonly numero: number },
    [asunto: string, numero: number, limite: number]
  >(
    `SELECT numero FROM pedido_cobranza WHERE "asunto" IS NOT NULL AND asunto = ?1 AND numero > ?2
     ORDER BY asunto, numero LIMIT ?3`,
  ),
} as const

function* abonar(abono: NuevoAbono): Script<AbonoAnotado> {
  const { id, numero, causa, importe, actor, ahora } = abono
  const previo = yield* sentencias.previo.get(id)
  if (previo) {
    const mismo = previo.numero === numero && previo.importe === importe && previo.causa === causa
    return mismo ? 'repetido' : 'distinto'
  }
  const cuenta = yield* leerCuenta(numero)
  if (!cuenta || cuenta.estado === 'Cancelado') return 'terminado'
  if (cuenta.intencion !== null && !cuenta.conCobranza) return 'terminado'
  const { abonado, perdido, total } = cuenta
  // What is given up as lost is not given up twice either.
  if (importe > total - abonado - perdido) return 'excesivo'
  const suyo = (yield* sentencias.impuestos.get(numero)) ?? { impuesto: 0, abonado: 0 }
  const impuesto =
    causa === 'contracargo'
      ? 0
      : impuestoDeAbono({ total, impuesto: suyo.impuesto, antes: abonado, importe })
  const en = (yield* comunes.cambiar.get(numero, ahora))?.en ?? ahora
  const motivo = yield* guardable(numero, abono.motivo, actor)
  yield* deFines.conCobranza.run(numero)
  yield* sentencias.abono.run(id, numero, causa, importe, impuesto, actor, en)
  const datos = { abonoId: id, causa, importe }
  yield* evento({ numero, tipo: 'pedido.abonado', en, actor, motivo, datos })
  yield* juzgar(numero, { ...abono, ahora: en })
  return 'anotado'
}

type Reembolsado = Parameters<CobranzaStore['anotarReembolso']>

function* anotarReembolso(...[{ id, estado, ...cuando }, deuda]: Reembolsado): Script<void> {
  const previo = yield* sentencias.reembolso.get(id)
  yield* saldar(deuda)
  // Meanwhile it may have been told what became of it.
  if (previo?.estado !== 'por-pedir') return
  const { numero, cobroId, importe } = previo
  const en = (yield* comunes.cambiar.get(numero, cuando.ahora))?.en ?? cuando.ahora
  yield* deCobros.reembolsado.run(id, estado, en)
  if (estado === 'fallido') {
    const datos = { cobroId, reembolsoId: id, importe }
    yield* evento({ numero, tipo: 'reembolso.fallido', en, datos })
  }
  yield* juzgar(numero, { ...cuando, ahora: en })
}

type Lista = Parameters<CobranzaStore['saldos']>[0]

/** Credits, refunds, and who has to look at what of them. */
export const createAbonos = (
  engine: Engine,
): Pick<CobranzaStore, 'abonar' | 'reembolso' | 'anotarReembolso' | 'saldos'> => ({
  abonar: (abono) => engine.write(() => abonar(abono)),
  reembolso: (id) => engine.ask(sentencias.reembolso.get(id)),
  anotarReembolso: (...anotacion) => engine.write(() => anotarReembolso(...anotacion)),
  saldos: ({ asunto, despuesDe = desdeElComienzo, limite }: Lista) =>
    engine.read(function* () {
      const filas = asunto
        ? yield* sentencias.saldosDe.all(asunto, despuesDe.numero, limite)
        : yield* sentencias.saldos.all(despuesDe.asunto, despuesDe.numero, limite)
      const numeros = filas.map(({ numero }) => numero)
      const pedidos = new Map((yield* porNumeros(numeros)).map((uno) => [uno.numero, uno]))
      return numeros.flatMap((numero) => pedidos.get(numero) ?? [])
    }),
})
