import type { Received } from '@encargo/service-kit/testing/smtp-server'
import type { Ledger, Order, Purchase } from './ledger.ts'
import { nobody } from './sale.ts'

/** What the system says of a mail about an order. */
export interface Mail {
  readonly id: number
  readonly tipo: string
  readonly estado: 'por-enviar' | 'enviado' | 'fallido' | 'omitido'
  readonly fallo: string | null
}

export type Mails = ReadonlyMap<string, readonly Mail[]>

/** What became of them, told by the server and the system. */
export interface Post {
  readonly sent: number
  /** Of those, how many the server got again, as nobody heard that it had them. */
  readonly repeated: number
  readonly refused: number
  readonly omitted: number
}

/** What is told only while it is of use. */
const passing: readonly string[] = ['instrucciones', 'por-vencer']

/** What somebody is to hear of an order, by what its buyer said and what became of it. */
function wanted({ more }: Purchase, { estado, anulado }: Order): string[] {
  if (!more?.contacto) return ['pedido-nuevo']
  const done = more.metodoEnvio === undefined ? 'entregado' : 'enviado'
  return [
    'pedido-nuevo',
    'recibido',
    'instrucciones',
    ...(estado === 'Completado' ? [done] : []),
    ...(estado === 'Cancelado' ? ['cancelado'] : []),
    ...(anulado === null ? [] : ['anulado']),
  ]
}

interface Known {
  readonly order: Order
  readonly purchase: Purchase
  readonly mails: readonly Mail[]
}

function known({ purchases }: Ledger, orders: readonly Order[], mails: Mails): Known[] {
  const byMark = new Map(purchases.map((one) => [one.mark, one]))
  return orders.flatMap((order) => {
    const purchase = byMark.get(order.notas ?? '')
    return purchase ? [{ order, purchase, mails: mails.get(order.id) ?? [] }] : []
  })
}

/** What nobody was ever to be written about, or more than once, one line for each. */
export const unwritten = (ledger: Ledger, orders: readonly Order[], all: Mails): string[] =>
  known(ledger, orders, all).flatMap(({ order, purchase, mails }) =>
    wanted(purchase, order).flatMap((tipo) => {
      const times = mails.filter((one) => one.tipo === tipo).length
      return times === 1 ? [] : `of the order ${order.id} ${times} mails tell ${tipo}`
    }),
  )

const messageId = /^Message-ID:\s+<(aviso-[0-9a-f]{8}-(\d+)-\d+@caos\.example)>/im

/** What the server took, by the mail that it is; the others are none about orders. */
const byMail = (received: readonly Received[]) =>
  Map.groupBy(received, ({ text }) => Number(messageId.exec(text)?.[2] ?? 0))

/** What tells one message from another: a repeat may have more to say. */
const envelope = ({ to, text }: Received) => [messageId.exec(text)?.[1], ...to].join(' ')

function checkMail(
  { tipo, id, estado, fallo }: Mail,
  { more }: Purchase,
  copies: readonly Received[],
): string[] {
  const mail = `the mail ${id}, ${tipo},`
  const toNobody = tipo !== 'pedido-nuevo' && more?.contacto?.email === nobody
  const [first] = copies
  if (new Set(copies.map(envelope)).size > 1) return [`${mail} came as different messages`]
  switch (estado) {
    case 'por-enviar':
      return [`${mail} was never sent`]
    case 'enviado':
      return first ? [] : [`${mail} is said to be sent, and its server has not got it`]
    case 'fallido':
      return toNobody ? [] : [`${mail} was given up: ${fallo}`]
    case 'omitido':
      return passing.includes(tipo) && fallo !== null ? [] : [`${mail} was left out: ${fallo}`]
  }
}

/** What the clients were to hear against what a mail server took; one line for each thing that is wrong. */
export function checkMails(
  ledger: Ledger,
  orders: readonly Order[],
  all: Mails,
  received: readonly Received[],
): string[] {
  const copies = byMail(received)
  const of = known(ledger, orders, all)
  const ids = new Set(of.flatMap(({ mails }) => mails.map(({ id }) => id)))
  const strangers = [...copies].filter(
    ([id, [first]]) => id !== 0 && !ids.has(id) && !first?.to.includes('caja@caos.example'),
  )
  return [
    ...unwritten(ledger, orders, all),
    ...of.flatMap(({ mails, purchase }) =>
      mails.flatMap((mail) => checkMail(mail, purchase, copies.get(mail.id) ?? [])),
    ),
    ...strangers.map(([id]) => `the server got the mail ${id}, which is about no order`),
  ]
}

export function postOf(all: Mails, received: readonly Received[]): Post {
  const copies = byMail(received)
  const mails = [...all.values()].flat()
  const count = (estado: Mail['estado']) => mails.filter((one) => one.estado === estado).length
  return {
    sent: count('enviado'),
    repeated: mails.filter(({ id }) => (copies.get(id)?.length ?? 0) > 1).length,
    refused: count('fallido'),
    omitted: count('omitido'),
  }
}
