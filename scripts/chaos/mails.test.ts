import { describe, expect, test } from 'bun:test'
import { newLedger, type Order, type Purchase } from './ledger.ts'
import { checkMails, type Mail, postOf } from './mails.ts'
import { nobody } from './sale.ts'

const purchase: Purchase = {
  mark: 'compra-0',
  key: null,
  lines: [],
  counter: false,
  more: { contacto: { nombre: 'Ana', email: 'ana@correo.example' } },
  told: new Set(),
  refused: false,
  ended: null,
}
const order: Order = {
  id: 'pedido-1',
  estado: 'Cancelado',
  notas: 'compra-0',
  anulado: null,
  lineas: [],
}
const tipos = ['recibido', 'instrucciones', 'pedido-nuevo', 'cancelado']
const mail = (id: number, given: Partial<Mail> = {}): Mail => {
  return { id, tipo: tipos[id - 1] ?? '', estado: 'enviado', fallo: null, ...given }
}
const installation = '0192f7a0'
const message = (id: number, given: { to?: string[]; at?: number } = {}) => {
  const { to = ['ana@correo.example'], at = 1_700_000_000_000 } = given
  const text = `Message-ID: <aviso-${installation}-${id}-${at}@caos.example>\r\n\r\nHola`
  return { from: 'caja@caos.example', to, text }
}

interface World {
  readonly email?: string
  readonly mails?: readonly Mail[]
  readonly received?: readonly ReturnType<typeof message>[]
}
const all = [1, 2, 3, 4].map((id) => mail(id))
const taken = [1, 2, 3, 4].map((id) => message(id))

function check({ email = 'ana@correo.example', mails = all, received = taken }: World) {
  const more = { contacto: { nombre: 'Ana', email } }
  const ledger = { ...newLedger(), purchases: [{ ...purchase, more }] }
  return checkMails(ledger, [order], new Map([[order.id, mails]]), received)
}
const but = (id: number, given: Partial<Mail>) => all.with(id - 1, mail(id, given))
const without = (id: number) => taken.toSpliced(id - 1, 1)

describe('what the mail server got', () => {
  test('is as it should be with all of it once, or the very same again', () => {
    expect(check({})).toEqual([])
    expect(check({ received: [...taken, message(1)] })).toEqual([])
    const late = { mails: but(2, { estado: 'omitido', fallo: 'ya-no-viene-al-caso' }) }
    expect(check({ ...late, received: without(2) })).toEqual([])
    const given = { mails: but(1, { estado: 'fallido', fallo: 'EENVELOPE 550' }) }
    expect(check({ ...given, email: nobody, received: without(1) })).toEqual([])
  })

  const wrong: [string, World, RegExp][] = [
    ['an event that nobody heard of', { mails: all.slice(0, 3) }, /0 mails tell cancelado/],
    ['one that was told as two mails', { mails: [...all, mail(1)] }, /2 mails tell recibido/],
    ['one that was said to be sent', { received: without(1) }, /has not got it/],
    ['one that waits for ever', { mails: but(1, { estado: 'por-enviar' }) }, /never sent/],
    ['one that was given up', { mails: but(1, { estado: 'fallido', fallo: 'x' }) }, /given up: x/],
    ['one that was left out', { mails: but(1, { estado: 'omitido' }) }, /left out/],
    [
      'a repeat that is another message',
      { received: [...taken, message(1, { at: 5 })] },
      /different messages/,
    ],
    ['one that is about nothing', { received: [...taken, message(9)] }, /about no order/],
  ]
  test.each(wrong)('shows %s', (_, world, line) => {
    expect(check(world).join('\n')).toMatch(line)
  })

  test('is counted by what became of it', () => {
    const mails = but(1, { estado: 'fallido' })
    const post = postOf(new Map([[order.id, mails]]), [...without(1), message(2)])
    expect(post).toEqual({ sent: 3, repeated: 1, refused: 1, omitted: 0 })
  })
})
