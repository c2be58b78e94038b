import { expect, test } from 'bun:test'
import { mailLines } from './mail-lines.ts'

const mail = (n: number) =>
  JSON.stringify({
    message: 'a mail was written to a file, as SMTP_URL is not set',
    file: `/shop/correo/${n}.eml`,
  })

test('many mails are one line, one is its own, and other lines do not wait', () => {
  const shown: string[] = []
  const due: (() => void)[] = []
  const later = () => due.shift()?.()
  const see = mailLines<string>(
    (of, line) => shown.push(`${of}: ${line}`),
    (work) => {
      due.push(work)
      return () => undefined
    },
  )
  see('pedidos', mail(1))
  see('auth', 'something else')
  see('auth', mail(2))
  expect(shown).toEqual(['auth: something else'])
  later()
  see('auth', mail(3))
  later()
  expect(shown.slice(1)).toEqual([
    'pedidos: 2 mails were written to files in /shop/correo, as SMTP_URL is not set',
    `auth: ${mail(3)}`,
  ])
})
