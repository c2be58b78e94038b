import { describe, expect, test } from 'bun:test'
import { smtpMailer } from '@encargo/service-kit/mail/mailer'
import { createHarness } from './fixture.ts'
import { startSmtp } from '@encargo/service-kit/testing/smtp'

/** Lines that are too long for a mail are broken with `=`, and bytes beyond ASCII written with it. */
const legible = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number(`0x${hex}`))),
    'latin1',
  ).toString()

/** A shop whose mails go to a real server. */
async function abrir(from = 'Caja <caja@tienda.example>') {
  const { received, url } = await startSmtp()
  const harness = await createHarness({ enviar: smtpMailer(url(), from) })
  const jefa = await harness.admin()
  const llamarse = (cara: object) => harness.send('/tienda', 'PATCH', cara, jefa.headers)
  /** What the server got last, as a person reads it. */
  async function correo() {
    await harness.background.idle()
    await harness.cartero.despertar()
    const { text = '', from: sobre = '' } = received.at(-1) ?? {}
    return { sobre, crudo: text, texto: legible(text).replaceAll('\r\n', '\n') }
  }
  const olvidar = () => harness.send('/password/olvido', 'POST', { email: jefa.email })
  return { ...harness, llamarse, olvidar, correo }
}

describe('the mails of a shop', () => {
  test('say its name and how it can be reached, from the address that the operator chose', async () => {
    const { llamarse, olvidar, correo } = await abrir()
    const contacto = { email: 'hola@bazar.example', telefono: '07 282 0101', direccion: 'Larga 4' }
    await llamarse({ nombre: 'Bazar del Barranco', contacto })
    await olvidar()
    const { sobre, texto } = await correo()
    expect(sobre).toBe('caja@tienda.example')
    expect(texto).toMatch(/^From: Bazar del Barranco <caja@tienda.example>$/m)
    expect(texto).toMatch(/@tienda\.example>$/m)
    expect(texto).toContain('tu cuenta en Bazar del Barranco.\n')
    expect(texto).toEndWith('\n\nBazar del Barranco\nhola@bazar.example · 07 282 0101\nLarga 4\n')
  })

  test('are in the language of the shop', async () => {
    const { llamarse, olvidar, correo } = await abrir()
    await llamarse({ nombre: 'Corner Shop', idioma: 'en' })
    await olvidar()
    const { texto } = await correo()
    expect(texto).toMatch(/^Subject: Change your password at Corner Shop$/m)
    expect(texto).toContain('\n\nHello,\n')
    expect(texto).not.toMatch(/contraseña|enlace|Hola/)
  })

  test('carry any name that a shop can have, and nothing else in its place', async () => {
    const { llamarse, olvidar, correo } = await abrir()
    await llamarse({ nombre: '"Ñandú" <x@y.example>, Café & Té; ☕' })
    await olvidar()
    const { sobre, crudo, texto } = await correo()
    expect(sobre).toBe('caja@tienda.example')
    const [from = ''] = /^From: .*(?:\r\n\s.*)*/m.exec(crudo) ?? []
    expect(from).toEndWith('<caja@tienda.example>')
    expect(from.match(/@/g)).toHaveLength(1)
    expect(texto).toContain('tu cuenta en "Ñandú" <x@y.example>, Café & Té; ☕.')
  })

  test('of a shop without a name are from whom the operator says, and from nobody else', async () => {
    const { olvidar, correo } = await abrir()
    await olvidar()
    const { texto } = await correo()
    expect(texto).toMatch(/^From: Caja <caja@tienda.example>$/m)
    expect(texto).toContain('la contraseña de tu cuenta.\n')
    expect(texto).toEndWith('tu contraseña sigue igual.\n')
    expect(texto).not.toMatch(/encargo/i)
  })

  test('take their sender from a bare address as well', async () => {
    const { llamarse, olvidar, correo } = await abrir('caja@tienda.example')
    await llamarse({ nombre: 'Bazar' })
    await olvidar()
    expect((await correo()).texto).toMatch(/^From: Bazar <caja@tienda.example>$/m)
  })
})
