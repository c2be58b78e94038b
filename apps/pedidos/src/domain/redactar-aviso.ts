import type { Facturacion } from '@encargo/service-kit/values/identificacion'
import type { AjustesAvisos } from './ajustes.ts'
import { type Aviso, esDeCliente, idiomaDe, type TipoAviso } from './aviso.ts'
import type { Cara } from './cara.ts'
import type { Bloque, Carta, Fila } from './carta.ts'
import { type Cuenta, neto, saldo } from './cobranza/cuenta.ts'
import { cuentaDe, plazoDe } from './cobranza/de-pedido.ts'
import type { Idioma } from './condiciones.ts'
import { type Formato, formatoDe } from './formato.ts'
import { type Pedido, sistema, subtotal } from './pedido.ts'
import { type Dicho, type Lengua, textosAviso } from './textos-aviso.ts'
import { totalesDe } from './totales.ts'

/** What a mail is made of. */
export interface Materia {
  readonly aviso: Pick<Aviso, 'tipo' | 'datos'>
  /** Of mails that are about one. */
  readonly pedido: Pedido | undefined
  readonly ajustes: AjustesAvisos
  /** What the shop says of the order's method: where and when it is collected, say. */
  readonly instrucciones: string | null
  readonly cara: Cara
  readonly moneda: string
  /** Where the order is seen, by its customer or by the staff. */
  readonly enlace: string | null
}

/** A product of which little is left, as `existencia-baja` tells it. */
export interface Escaso {
  readonly nombre: string
  readonly quedan: number
}

const conDetalle = new Set<TipoAviso>(['recibido', 'instrucciones', 'pedido-nuevo', 'anulado'])

/** How things are written to whoever reads a mail. */
interface Escritura {
  readonly lengua: Lengua
  readonly formato: Formato
}

/** How it reaches its customer: as it was chosen, or, where nothing was, as there is an address or not. */
const seRetira = ({ condiciones, direccionEnvio }: Pedido) =>
  condiciones?.metodoEnvio ? condiciones.metodoEnvio.tipo === 'retiro' : direccionEnvio === null

function filasDe({ lineas }: Pedido, { dinero }: Formato): Fila[] {
  return lineas.map((linea) => {
    const texto = `${linea.cantidad} × ${linea.nombre}`
    return { texto, importe: dinero(subtotal(linea)) }
  })
}

function totalesEscritos(pedido: Pedido, lengua: Lengua, { dinero, tasa }: Formato): Fila[] {
  const { lineas, condiciones } = pedido
  const totales = totalesDe(lineas, condiciones ?? undefined)
  const total = { texto: lengua.total, importe: dinero(pedido.total) }
  const { descuento, envioImporte } = totales
  const impuestos = totales.impuestos.filter(({ impuesto }) => impuesto > 0)
  const conEnvio = condiciones?.metodoEnvio?.tipo === 'domicilio'
  if (descuento === 0 && !conEnvio && impuestos.length === 0) return [total]
  return [
    { texto: lengua.subtotal, importe: dinero(totales.subtotal) },
    ...(descuento === 0
      ? []
      : [{ texto: lengua.descuento(condiciones?.cupon ?? null), importe: dinero(-descuento) }]),
    ...(conEnvio ? [{ texto: lengua.envio, importe: dinero(envioImporte) }] : []),
    total,
    ...impuestos.map((uno) => ({
      texto: lengua.impuesto(tasa(uno.tasa)),
      importe: dinero(uno.impuesto),
    })),
  ]
}

const presentes = (lineas: readonly (string | null | undefined)[]): string[] =>
  lineas.flatMap((una) => una || [])

/** "RUC 1790011674001" */
const documentoDe = ({ identificacion: { tipo, numero } }: Facturacion, lengua: Lengua) =>
  `${lengua.documentos[tipo]} ${numero}`

const conInstrucciones = new Set<TipoAviso>(['recibido', 'listo'])

function entrega(materia: Materia, pedido: Pedido, { lengua, formato }: Escritura): Bloque[] {
  const { aviso, cara } = materia
  const { condiciones, direccionEnvio: d } = pedido
  const dichas = conInstrucciones.has(aviso.tipo) ? materia.instrucciones?.split('\n') : undefined
  if (seRetira(pedido)) {
    // Where it is collected may be elsewhere than where the shop itself is.
    const donde = dichas ?? [cara.direccion, cara.horario]
    const lineas = presentes([condiciones?.metodoEnvio?.nombre, ...donde])
    return lineas.length === 0 ? [] : [{ titulo: lengua.retiro, lineas }]
  }
  if (d === null) return []
  const ciudad = presentes([d.ciudad, d.provincia, d.codigoPostal]).join(', ')
  const metodo = condiciones?.metodoEnvio?.nombre
  const adonde = [d.nombre, d.calle, d.referencia, ciudad, formato.pais(d.pais), d.telefono]
  const lineas = presentes([...adonde, metodo, ...(dichas ?? [])])
  return [{ titulo: lengua.entrega, lineas }]
}

function bloquesDe(materia: Materia, pedido: Pedido, escritura: Escritura): Bloque[] {
  const { aviso } = materia
  const { lengua } = escritura
  const { condiciones } = pedido
  const { contacto, facturacion } = condiciones ?? {}
  const factura = facturacion && {
    titulo: lengua.factura,
    lineas: [facturacion.razonSocial, documentoDe(facturacion, lengua)],
  }
  const quien = contacto && {
    titulo: lengua.contacto,
    lineas: presentes([contacto.nombre, contacto.telefono, contacto.email]),
  }
  if (aviso.tipo === 'listo') return entrega(materia, pedido, escritura)
  if (!conDetalle.has(aviso.tipo) || aviso.tipo === 'anulado') return []
  return [
    ...entrega(materia, pedido, escritura),
    ...(factura ? [factura] : []),
    ...(quien && !esDeCliente(aviso.tipo) ? [quien] : []),
  ]
}

/** What was taken and no bank has back: of an order that was cancelled or voided all of it goes back. */
const tomado = ({ cobros }: Cuenta) =>
  cobros.reduce((hasta, { cobrado, disputado }) => hasta + cobrado - disputado, 0)

function dineroDicho({ aviso, pedido }: Materia, { dinero }: Formato) {
  const cuenta = pedido && cuentaDe(pedido)
  const vuelve = cuenta ? tomado(cuenta) : 0
  return {
    total: dinero(pedido?.total ?? 0),
    porPagar: dinero(cuenta ? Math.max(0, saldo(cuenta)) : 0),
    cobrado: dinero(cuenta ? neto(cuenta) : 0),
    devuelto: vuelve > 0 ? dinero(vuelve) : null,
    importe: dinero(conImporte.has(aviso.tipo) ? importeDe(aviso) : 0),
  }
}

/** Of whose event the amount is told. */
const conImporte = new Set<TipoAviso>(['reembolso', 'disputa', 'devolucion-fallida'])
/** Written by the store, from the event. */
const importeDe = ({ datos }: Materia['aviso']) =>
  datos === null ? 0 : (JSON.parse(datos) as { readonly importe: number }).importe

function dichoDe(materia: Materia, idioma: Idioma, formato: Formato): Dicho {
  const { pedido, cara, ajustes } = materia
  const { es, en } = ajustes.instruccionesPago
  const vence = pedido ? plazoDe(pedido) : 0
  const ultimo = pedido?.historial.findLast(({ estado }) => estado === 'Cancelado')
  return {
    tienda: cara.nombre,
    numero: pedido?.numero ?? 0,
    ...dineroDicho(materia, formato),
    vence: vence === null ? null : formato.momento(vence),
    motivo: pedido?.motivo ?? null,
    caducado: ultimo?.actor === sistema,
    enMostrador: pedido?.condiciones?.canal === 'mostrador',
    plazoDias: pedido?.condiciones?.metodoEnvio?.plazoDias ?? null,
    instrucciones: (idioma === 'es' ? (es ?? en) : (en ?? es)) ?? '',
    cuantas: escasosDe(materia).length,
  }
}

const escasosDe = ({ aviso: { tipo, datos } }: Materia): readonly Escaso[] =>
  // Written by the store, from a list of these.
  tipo === 'existencia-baja' && datos !== null ? (JSON.parse(datos) as Escaso[]) : []

/** The language of a mail: the order's, or, to the staff, the shop's. */
export const idiomaDeAviso = ({ aviso, pedido, ajustes, cara }: Materia): Idioma =>
  pedido && esDeCliente(aviso.tipo)
    ? idiomaDe(pedido, ajustes, cara.idioma)
    : (ajustes.idioma ?? cara.idioma)

/** A mail, as the shop says it where it has no template of its own. */
export function redactarAviso(materia: Materia): Carta {
  const { aviso, pedido, cara, moneda, enlace } = materia
  const idioma = idiomaDeAviso(materia)
  const lengua = textosAviso[idioma]
  const formato = formatoDe(idioma, pedido?.moneda ?? moneda, cara.zonaHoraria)
  const dicho = dichoDe(materia, idioma, formato)
  const { asunto, parrafos } = lengua.mensajes[aviso.tipo]
  const detallado = pedido !== undefined && conDetalle.has(aviso.tipo)
  const escasos = escasosDe(materia).map(({ nombre, quedan }) => ({
    texto: nombre,
    importe: lengua.quedan(quedan),
  }))
  const texto = esDeCliente(aviso.tipo) ? lengua.verPedido : lengua.verEnGestion
  return {
    asunto: asunto(dicho),
    parrafos: parrafos(dicho),
    filas: detallado ? filasDe(pedido, formato) : escasos,
    totales: detallado ? totalesEscritos(pedido, lengua, formato) : [],
    bloques: pedido ? bloquesDe(materia, pedido, { lengua, formato }) : [],
    enlace: enlace === null ? null : { texto, url: enlace },
    firma: presentes([
      cara.nombre,
      presentes([cara.email, cara.telefono]).join(' · '),
      cara.direccion,
    ]),
  }
}
