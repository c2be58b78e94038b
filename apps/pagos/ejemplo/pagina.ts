import { escribirImporte } from '@encargo/service-kit/values/importes'
import type { Cobro } from './banco.ts'

// Where the shopper pays. A bank has a page of its own for this, and this one stands for it.

const estilo = `:root{color-scheme:light dark}*{box-sizing:border-box}
body{font:1rem/1.5 system-ui;max-width:24rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1rem;font-weight:500;margin:1rem 0 0}p.total{font-size:2rem;font-weight:700;margin:0 0 1rem}
p.prueba{display:inline-block;margin:0;padding:.1rem .7rem;border-radius:1rem;background:#fde68a;color:#713f12}
button{width:100%;min-height:3rem;margin:.3rem 0;font:inherit;border:1px solid;border-radius:.6rem;background:none;
color:inherit}button.primero{background:#4338ca;border-color:#4338ca;color:#fff;font-weight:600}`

const textos = {
  es: {
    prueba: 'Página de prueba: aquí no se mueve dinero',
    pedido: 'Pedido',
    pagar: 'Pagar',
    rechazar: 'Pagar con una tarjeta que se rechaza',
    imprimirVale: 'Pagar en efectivo con un vale',
    pagarVale: 'Pagar el vale ahora',
    volver: 'Volver a la tienda',
    rechazado: 'El banco rechazó la tarjeta. Prueba con otra.',
    conVale: 'El vale está impreso y espera su dinero.',
    hecho: 'Aquí no queda nada por pagar.',
  },
  en: {
    prueba: 'Test page: no money moves here',
    pedido: 'Order',
    pagar: 'Pay',
    rechazar: 'Pay with a card that is declined',
    imprimirVale: 'Pay in cash with a voucher',
    pagarVale: 'Pay the voucher now',
    volver: 'Back to the shop',
    rechazado: 'The bank declined the card. Try another one.',
    conVale: 'The voucher is printed and waits for its money.',
    hecho: 'There is nothing left to pay here.',
  },
} as const

/** What may be done at the page; all but paying only where no money is real. */
export type Acto = 'pagar' | 'rechazar' | 'imprimirVale' | 'pagarVale' | 'volver'
export const esActo = (dicho: unknown): dicho is Acto =>
  typeof dicho === 'string' && dicho in textos.es

/** @param estado of the charge, as `verdad` tells it */
export function pagina(cobro: Cobro, estado: string, pruebas: boolean): Response {
  const { numero, importe, moneda, idioma = 'es', vale, ultimoRechazo, volverA } = cobro
  const dice = textos[idioma]
  const boton = (acto: Acto, clase = '') =>
    `<button name="acto" value="${acto}" class="${clase}">${dice[acto]}</button>`
  const abierto = estado === 'abierto'
  const aviso = vale ? dice.conVale : abierto ? ultimoRechazo && dice.rechazado : dice.hecho
  const botones = [
    abierto && boton('pagar', 'primero'),
    abierto && pruebas && boton('imprimirVale') + boton('rechazar'),
    vale && pruebas && boton('pagarVale', 'primero'),
    volverA && boton('volver'),
  ]
  return new Response(
    `<!doctype html><html lang="${idioma}"><meta charset="utf-8"><title>${dice.pedido} ${numero}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>${estilo}</style>
${pruebas ? `<p class="prueba">${dice.prueba}</p>` : ''}<h1>${dice.pedido} ${numero}</h1>
<p class="total">${escribirImporte(importe, moneda)} ${Bun.escapeHTML(moneda)}</p>
${aviso ? `<p>${aviso}</p>` : ''}<form method="post">${botones.filter(Boolean).join('\n')}</form></html>`,
    { headers: { 'content-type': 'text/html; charset=utf-8' } },
  )
}
