import { escribirImporte } from '@encargo/service-kit/values/importes'
import type { Pedido } from '../../apps/pedidos/src/domain/pedido.ts'
import { totalesDe } from '../../apps/pedidos/src/domain/totales.ts'
import { pagoDe } from '../../apps/pedidos/src/domain/cobranza/de-pedido.ts'
import type { Verdict } from '../audit/judge.ts'
import { leftToDo } from './money.ts'
import type { Record } from './read.ts'
import type { Detail, Happening } from './story.ts'

type NameOf = (actor: string) => string

/** Time since the story began, short: `+0 ms`, `+12.3 s`, `+2 h 05 min`. */
export function sinceStart(ms: number): string {
  if (ms < 1_000) return `+${ms} ms`
  if (ms < 60_000) return `+${(ms / 1_000).toFixed(1)} s`
  const minutes = Math.floor(ms / 60_000)
  const seconds = Math.floor((ms % 60_000) / 1_000)
  if (minutes < 60) return `+${minutes} min ${String(seconds).padStart(2, '0')} s`
  return `+${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

function heading(pedido: Pedido, conClave: boolean, nameOf: NameOf): string[] {
  const { numero, id, estado, total, moneda, clienteId, creadoPor, lineas } = pedido
  const by = creadoPor === clienteId ? '' : `, made by ${nameOf(creadoPor)}`
  return [
    `Order ${numero} (${id}): ${estado}, ${escribirImporte(total, moneda)} ${moneda}`,
    `for ${nameOf(clienteId)}${by}${conClave ? ', with an idempotency key' : ''}`,
    ...lineas.map(
      ({ cantidad, sku, nombre, precioUnitario }) =>
        `  ${cantidad} x ${sku} ${nombre}, ${escribirImporte(precioUnitario, moneda)} ${moneda} each`,
    ),
    ...agreed(pedido),
    ...paid(pedido),
  ]
}

/** How it is shipped, what a coupon takes off it and what of it is tax, where there is any of that. */
function agreed({ lineas, condiciones, moneda }: Pedido): string[] {
  const { descuento, envioImporte, impuesto, base } = totalesDe(lineas, condiciones ?? undefined)
  const amount = (menor: number) => `${escribirImporte(menor, moneda)} ${moneda}`
  const { metodoEnvio = null, cupon = null, canal = null, invitado } = condiciones ?? {}
  return [
    ...(cupon === null ? [] : [`  coupon ${cupon} takes off ${amount(descuento)}`]),
    ...(metodoEnvio
      ? [`  by ${metodoEnvio.codigo} (${metodoEnvio.tipo}), ${amount(envioImporte)}`]
      : []),
    ...(impuesto === 0 ? [] : [`  ${amount(impuesto)} of it is tax, ${amount(base)} is not`]),
    ...(canal === null ? [] : [`  sold by way of ${canal}`]),
    ...(invitado === true ? ['  to a guest'] : []),
  ]
}

/** Where its money is, and who is to look at that. */
function paid(pedido: Pedido): string[] {
  if (!pedido.cobranza) return []
  const { estado, metodo, exigible, cobrado, reembolsado, enDisputa, saldo } = pagoDe(pedido)
  const amount = (menor: number) => `${escribirImporte(menor, pedido.moneda)} ${pedido.moneda}`
  const { asunto, apartado } = pedido.cobranza
  return [
    `  money: ${estado}, ${amount(exigible)} to be paid${metodo === null ? '' : ` by ${metodo}`}, ${amount(cobrado)} taken, ${amount(reembolsado)} given back, ${amount(enDisputa)} disputed`,
    ...(saldo === 0
      ? []
      : [`  ${amount(Math.abs(saldo))} ${saldo > 0 ? 'is missing' : 'is too much'}`]),
    ...(asunto === null ? [] : [`  somebody is to look at it: ${asunto}`]),
    ...(pedido.estado === 'Pendiente' ? [`  its stock: ${apartado}`] : []),
  ]
}

const ms = (value: number | null) => (value === null ? '' : `, ${value} ms`)

function detail({ what, outcome, ms: took }: Detail): string {
  return `${' '.repeat(16)}${what}: ${outcome}${ms(took)}`
}

function happening(one: Happening, startedAt: number, nameOf: NameOf): string[] {
  const who = one.who === null ? '' : ` for ${nameOf(one.who)}`
  const times = one.times > 1 ? `, ${one.times} times` : ''
  const trace = one.trace === null ? '' : `  [${one.trace}]`
  return [
    `${sinceStart(one.at - startedAt).padEnd(14)}  ${one.where}: ${one.what}${who} -> ${one.outcome}${ms(one.ms)}${times}${trace}`,
    ...one.details.map(detail),
  ]
}

function ending(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'ok':
      return 'Order and reservation agree.'
    case 'in-flight':
      return `In flight: ${verdict.reason}.`
    case 'wrong':
      return `WRONG: ${verdict.what}. Remedy: ${verdict.remedy}.`
  }
}

export function printStory(
  record: Record,
  story: readonly Happening[],
  verdict: Verdict,
  nameOf: NameOf,
): string {
  const startedAt = story[0]?.at ?? 0
  const { historia, conClave, id } = record
  return [
    ...(historia
      ? heading(historia.pedido, conClave, nameOf)
      : [`No order has the id ${id}, but there is something on record about it.`]),
    '',
    `Began ${new Date(startedAt).toISOString()}`,
    ...story.flatMap((one) => happening(one, startedAt, nameOf)),
    '',
    ...leftToDo(record.dinero),
    ending(verdict),
  ].join('\n')
}
