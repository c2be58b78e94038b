import { saldar } from '@encargo/service-kit/obligations/statements'
import { type Script, statement, together } from '@encargo/storage'
import { admiteCobro, type CobroConocido } from '../../domain/cobranza/cuenta.ts'
import { sinVencimiento } from '../../domain/pedido.ts'
import type { AnotacionCobro, CobroAnotado, CobroDicho, Movimiento } from '../../ports/cobranza.ts'
import { evento } from '../sucesos.ts'
import { juzgar, sentencias as comunes } from './juzgar.ts'
import { porSumar, sentencias as deSumas } from './sumas.ts'
import { type CuentaLeida, leerConCobro } from './leer.ts'

type Estado = [
  estado: string,
  causa: string | null,
  autorizado: number,
  cobrado: number,
  reembolsado: number,
  disputado: number,
  disputa: string | null,
  expiraEn: number | null,
  version: number,
  ahora: number,
]

export const sentencias = {
  abrir: statement<
    never,
    [
      id: string,
      ...Estado,
      numero: number,
      metodo: string,
      proveedor: string,
      momento: string,
      importe: number,
    ]
  >(
    `INSERT INTO pedido_cobros (id, estado, causa, autorizado, cobrado, reembolsado, disputado, disputa,
       expira_en, version, creado_en, actualizado_en, numero, metodo, proveedor, momento, importe, orden)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12, ?13, ?14, ?15, ?16,
       (SELECT 1 + coalesce(max(orden), 0) FROM pedido_cobros WHERE numero = ?12))`,
  ),
  seguir: statement<never, [id: string, ...Estado]>(
    `UPDATE pedido_cobros SET estado = ?2, causa = ?3, autorizado = ?4, cobrado = ?5, reembolsado = ?6,
       disputado = ?7, disputa = ?8, expira_en = ?9, version = ?10, actualizado_en = ?11
     WHERE id = ?1 AND version < ?10`,
  ),
  movimiento: statement<
    never,
    [
      cobroId: string,
      secuencia: number,
      numero: number,
      tipo: string,
      importe: number,
      referencia: string,
      en: number,
    ]
  >(
    `INSERT INTO pedido_movimientos (cobro_id, secuencia, numero, tipo, importe, referencia, en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (cobro_id, secuencia) DO NOTHING`,
  ),
  reembolsado: statement<never, [id: string, estado: string, ahora: number]>(
    'UPDATE reembolsos_pedidos SET estado = ?2, actualizado_en = ?3 WHERE id = ?1 AND estado <> ?2',
  ),
  /** Where a charge was announced of an order that was to be paid in no way that was known. */
  conCobro: statement<never, [numero: number, metodo: string, momento: string]>(
    `INSERT INTO pedido_cobranza (numero, metodo, momento, apartado, saldo)
     VALUES (?1, ?2, ?3, 'plazo', 0)
     ON CONFLICT (numero) DO UPDATE SET metodo = coalesce(pedido_cobranza.metodo, excluded.metodo),
       momento = coalesce(pedido_cobranza.momento, excluded.momento)`,
  ),
  hasta: statement<never, [numero: number, expiraEn: number]>(
    `UPDATE pedidos SET expira_en = ?2
     WHERE numero = ?1 AND estado = 'Pendiente' AND expira_en < ?2 AND ?2 < ${sinVencimiento}`,
  ),
} as const

const estadoDe = (cobro: CobroDicho, ahora: number): Estado => [
  cobro.estado,
  cobro.causa,
  cobro.autorizado,
  cobro.cobrado,
  cobro.reembolsado,
  cobro.disputado,
  cobro.disputa,
  cobro.expiraEn,
  cobro.version,
  ahora,
]

const estadoReembolso = { enviado: 'pedido', hecho: 'hecho', fallido: 'fallido' } as const

const seguido = (cobro: CobroDicho, en: number) =>
  sentencias.seguir.run(cobro.id, ...estadoDe(cobro, en))

const conCobro = (numero: number, { metodo, momento }: CobroDicho) =>
  sentencias.conCobro.run(numero, metodo, momento)

const abierto = (numero: number, cobro: CobroDicho, en: number) => {
  const { id, metodo, proveedor, momento, importe } = cobro
  const como = [numero, metodo, proveedor, momento, importe] as const
  return sentencias.abrir.run(id, ...estadoDe(cobro, en), ...como)
}

const sumado = (sumando: Parameters<typeof deSumas.sumar.run>) => deSumas.sumar.run(...sumando)

const movido = (numero: number, cobroId: string, movimiento: Movimiento) => {
  const { secuencia, tipo, importe, referencia, en } = movimiento
  return sentencias.movimiento.run(cobroId, secuencia, numero, tipo, importe, referencia, en)
}

const guardado = (numero: number, expiraEn: number) => sentencias.hasta.run(numero, expiraEn)

/** What became of a refund that this order asked for: those that somebody else made are in the sums. */
function reembolsado(
  cuenta: CuentaLeida,
  cobroId: string,
  dicho: CobroDicho['reembolsos'][number],
  en: number,
) {
  const { numero } = cuenta
  const { id: reembolsoId } = dicho
  const previo = cuenta.reembolsos.find((uno) => uno.id === reembolsoId && uno.cobroId === cobroId)
  const estado = estadoReembolso[dicho.estado]
  if (!previo || previo.estado === estado) return []
  const es = pasa(reembolsoId, estado, en)
  if (estado === 'pedido') return [es]
  const datos = { cobroId, reembolsoId, importe: previo.importe }
  return [es, evento({ numero, tipo: `reembolso.${estado}`, en, datos })]
}

const pasa = (id: string, estado: string, en: number) => sentencias.reembolsado.run(id, estado, en)

/** All that is written of a charge beside what follows from it. */
function escritos(
  { numero, cobro, expiraEn }: AnotacionCobro,
  { cuenta, conocido, en }: { cuenta: CuentaLeida; conocido: Conocido; en: number },
) {
  const { id, importe, disputado } = cobro
  const datos = { cobroId: id, importe: disputado }
  const nuevo = () => [
    conCobro(numero, cobro),
    abierto(numero, cobro, en),
    evento({ numero, tipo: 'cobro.abierto', en, datos: { cobroId: id, importe } }),
  ]
  const enDisputa = disputado > (conocido?.disputado ?? 0)
  const masTarde = expiraEn !== undefined && cuenta.apartado === 'plazo'
  return [
    ...(conocido ? [seguido(cobro, en)] : nuevo()),
    ...cobro.movimientos.flatMap((uno) => [
      ...porSumar(cobro, uno).map(sumado),
      movido(numero, id, uno),
    ]),
    ...cobro.reembolsos.flatMap((uno) => reembolsado(cuenta, id, uno, en)),
    ...(enDisputa ? [evento({ numero, tipo: 'cobro.disputado', en, datos })] : []),
    ...(masTarde ? [guardado(numero, expiraEn)] : []),
  ]
}

type Conocido = (CobroConocido & { readonly numero: number }) | undefined

export function* anotarCobro(anotacion: AnotacionCobro): Script<CobroAnotado> {
  const { numero, cobro, ahora, deuda } = anotacion
  const [conocido, cuenta] = yield* leerConCobro(numero, cobro.id)
  if (!cuenta || cuenta.moneda !== cobro.moneda) return 'ajeno'
  if (conocido && (conocido.numero !== numero || conocido.importe !== cobro.importe)) return 'ajeno'
  if (deuda) yield* saldar(deuda)
  if (conocido && cobro.version <= conocido.version) return 'sabido'
  if (!conocido && !admiteCobro(cuenta, cobro.importe)) return 'no-cobrable'
  const en = (yield* comunes.cambiar.get(numero, ahora))?.en ?? ahora
  yield* together(...escritos(anotacion, { cuenta, conocido, en }))
  yield* juzgar(numero, { ...anotacion, ahora: en })
  return 'anotado'
}
