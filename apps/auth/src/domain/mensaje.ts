import type { Mensaje } from '@encargo/service-kit/mail/message'
import type { CorreoDebido, TipoCorreo } from './correo.ts'
import { textosCorreo } from './textos-correo.ts'
import type { Cara } from './tienda.ts'

/** The pages that the mails link to. */
export type Paginas = Readonly<Record<TipoCorreo, string>>

/** How a shop that wants to be reached can be: nothing of it is anybody's but the shop's. */
function firma({ nombre, contacto }: Cara): string[] {
  const alcance = [contacto.email, contacto.telefono].filter((uno) => uno !== null)
  const lineas = [nombre, alcance.join(' · ') || null, contacto.direccion]
  return lineas.filter((linea) => linea !== null)
}

/**
 * What is owed as a message, in the shop's name and language. Nothing stands in it that whoever has the
 * account typed, as they may be a stranger who wants to be read. The token stands behind `#`, so that no
 * server on the way and no `Referer` gets to see it; and once more on a line of its own, for mail
 * readers that break the link.
 */
export function redactar(
  { id, tipo, email, token, creadoEn }: CorreoDebido,
  paginas: Paginas,
  cara: Cara,
): Mensaje {
  const { saludo, codigo, mensajes } = textosCorreo[cara.idioma]
  const { asunto, antes, despues } = mensajes[tipo]
  const { nombre } = cara
  const enlace = [`${paginas[tipo]}#token=${token}`]
  const partes = [[saludo], antes(nombre), enlace, [codigo, '', token], despues, firma(cara)]
  const texto = partes
    .filter(({ length }) => length > 0)
    .map((parte) => `${parte.join('\n')}\n`)
    .join('\n')
  return { id, en: creadoEn, de: nombre, para: email, asunto: asunto(nombre), texto }
}
