import { type Estado, Negado, type Preferencia } from './estado.ts'

const estilo = `:root{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark}
body{max-width:22rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.25rem;margin:0}
p{margin:.5rem 0 1.5rem}strong{display:block;font-size:2rem}
button,a{display:block;box-sizing:border-box;width:100%;min-height:3rem;margin:.75rem 0;font:inherit;
border:1px solid #009ee3;border-radius:.5rem;background:#fff;color:#007eb5;text-align:center;
line-height:3rem;text-decoration:none;cursor:pointer}button.si{background:#007eb5;color:#fff}`

const html = (titulo: string, cuerpo: string, status = 200) =>
  new Response(
    `<!doctype html><html lang="es"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${titulo}</title>
<style>${estilo}</style><main><h1>${titulo}</h1>${cuerpo}</main></html>`,
    { status, headers: { 'content-type': 'text/html; charset=utf-8' } },
  )

const escapar = (texto: string) => Bun.escapeHTML(texto)

const botones = [
  ['approved', 'Pagar', 'si'],
  ['rejected', 'Tarjeta sin fondos', ''],
  ['pending', 'Pagar después en un punto de cobro', ''],
] as const
const detalles: Readonly<Record<string, string>> = {
  approved: 'accredited',
  rejected: 'cc_rejected_insufficient_amount',
  pending: 'pending_waiting_payment',
}
const vuelta: Readonly<Record<string, string>> = { approved: 'success', pending: 'pending' }

function formulario({ id, items: [item] }: Preferencia): Response {
  const total = `${item?.unit_price} ${item?.currency_id}`
  const opciones = botones.map(
    ([valor, texto, clase]) =>
      `<button class="${clase}" name="resultado" value="${valor}">${texto}</button>`,
  )
  return html(
    'Mercado Pago de prueba',
    `<p>${escapar(item?.title ?? '')}<strong>${escapar(total)}</strong></p>
<form method="post" action="?pref_id=${escapar(id)}">${opciones.join('')}</form>`,
  )
}

/** Where a shopper pays, declines or takes a voucher. */
export async function paginaDePago(estado: Estado, request: Request, url: URL): Promise<Response> {
  try {
    const preferencia = estado.preferenciaDe(url.searchParams.get('pref_id') ?? '')
    if (request.method !== 'POST') return formulario(preferencia)
    const resultado = String((await request.formData()).get('resultado'))
    const detalle = detalles[resultado]
    if (detalle === undefined) return formulario(preferencia)
    const { id } = estado.intentar(preferencia.id, resultado, detalle)
    const destino = preferencia.back_urls[vuelta[resultado] ?? 'failure']
    if (resultado === 'rejected' || destino === undefined) return formulario(preferencia)
    const volver = `${destino}${destino.includes('?') ? '&' : '?'}payment_id=${id}&status=${resultado}`
    return Response.redirect(volver, 303)
  } catch (error) {
    if (!(error instanceof Negado)) throw error
    return html(
      'Este pago ya no se puede hacer',
      '<p>Vuelve a la tienda e inténtalo de nuevo.</p>',
      410,
    )
  }
}
