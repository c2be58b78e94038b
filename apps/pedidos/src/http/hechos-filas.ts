import type { Celda, Separador } from '@encargo/csv/escribir'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import { repartir } from '../domain/aritmetica.ts'
import { entrado } from '../domain/cobranza/movimiento.ts'
import type { AbonoHecho, DeVenta, DineroHecho, Hecho } from '../domain/hecho.ts'
import { parteDeLinea, totalesDe } from '../domain/totales.ts'

// Rows of the files for whoever keeps the books. What is given up is negative, so that a column adds up;
// money that moved has a column of its own, which says what came in, or, below nothing, went out.

export interface Forma {
  readonly separador: Separador
  /** Whose days and hours are written, an IANA name. */
  readonly zona: string
}

const comunes = 'fecha hora numero hecho'

export const columnas = {
  hecho: (
    `${comunes} importe base impuesto moneda metodo referencia pedidoId canal cliente ` +
    'tipoIdentificacion identificacion razonSocial impuestos dinero'
  ).split(' '),
  linea: (
    `${comunes} sku nombre cantidad precioUnitario descuento importe base impuesto ` +
    'claseImpuesto tasa moneda pedidoId productoId'
  ).split(' '),
  tasa: `${comunes} claseImpuesto tasa importe base impuesto moneda pedidoId`.split(' '),
} as const
export type Por = keyof typeof columnas

function escritor({ que, pedido: { moneda } }: Hecho, { separador }: Forma) {
  const signo = que === 'abono' ? -1 : 1
  const decimal = separador === ';' ? ',' : '.'
  const precio = (menor: number) => ({ cifra: escribirImporte(menor, moneda, decimal) })
  const negativo = (menor: number) => ({ cifra: `-${precio(menor).cifra}` })
  return {
    signo,
    precio,
    /** Of the order: what is given up is less than nothing. */
    importe: (menor: number) => (signo < 0 && menor > 0 ? negativo(menor) : precio(menor)),
    conSigno: (menor: number) => (menor < 0 ? negativo(-menor) : precio(menor)),
    /** Of hundredths of a percent. */
    tasa: (tasa: number) => ({ cifra: String(tasa / 100).replace('.', decimal) }),
  }
}

function momento(en: number, zona: string): Celda[] {
  const cuando = Temporal.Instant.fromEpochMilliseconds(en).toZonedDateTimeISO(zona)
  return [
    cuando.toPlainDate().toString(),
    cuando.toPlainTime().toString({ smallestUnit: 'second' }),
  ]
}

/** Whether only some of an order is given up. */
const enParte = (hecho: DeVenta): hecho is AbonoHecho =>
  hecho.que === 'abono' && hecho.abono.importe !== hecho.pedido.total

/** What it comes to, and what of it is taxed at which rate: some of an order is of all its rates alike. */
function cuantoDe(hecho: DeVenta) {
  const { lineas, condiciones, total } = hecho.pedido
  const { base, impuesto, impuestos } = totalesDe(lineas, condiciones ?? undefined)
  if (!enParte(hecho)) return { importe: total, base, impuesto, impuestos }
  const { abono } = hecho
  const bases = impuestos.map((uno) => uno.base)
  const partes = repartir(abono.importe - abono.impuesto, bases)
  const deEllos = repartir(
    abono.impuesto,
    impuestos.map((uno) => uno.impuesto),
  )
  return {
    importe: abono.importe,
    base: abono.importe - abono.impuesto,
    impuesto: abono.impuesto,
    impuestos: impuestos.map((uno, at) => {
      return { ...uno, base: partes[at] ?? 0, impuesto: deEllos[at] ?? 0 }
    }),
  }
}

/** Of which order it is, and whose: what all rows of facts say. */
function deQuien({ pedido: { id, condiciones } }: Hecho): Celda[] {
  const { identificacion, razonSocial = null } = condiciones?.facturacion ?? {}
  return [
    id,
    condiciones?.canal ?? null,
    condiciones?.contacto?.nombre ?? null,
    identificacion ? `${identificacion.pais} ${identificacion.tipo}` : null,
    identificacion?.numero ?? null,
    razonSocial,
  ]
}

function filaDeVenta(hecho: DeVenta, forma: Forma): Celda[] {
  const { que, en, pedido } = hecho
  const { importe, tasa } = escritor(hecho, forma)
  const { impuestos, ...cuanto } = cuantoDe(hecho)
  const porTasa = impuestos.map(
    (uno) =>
      `${uno.codigo} ${tasa(uno.tasa).cifra} %: ${importe(uno.base).cifra} + ${importe(uno.impuesto).cifra}`,
  )
  return [
    ...momento(en, forma.zona),
    pedido.numero,
    que,
    ...[cuanto.importe, cuanto.base, cuanto.impuesto].map(importe),
    pedido.moneda,
    pedido.cobranza?.metodo ?? null,
    hecho.que === 'venta' ? pedido.id : hecho.abono.id,
    ...deQuien(hecho),
    porTasa.join(' | '),
    null,
  ]
}

function filaDeDinero(hecho: DineroHecho, forma: Forma): Celda[] {
  const { que, en, pedido, importe, metodo, referencia } = hecho
  return [
    ...momento(en, forma.zona),
    pedido.numero,
    que,
    null,
    null,
    null,
    pedido.moneda,
    metodo,
    referencia,
    ...deQuien(hecho),
    null,
    escritor(hecho, forma).conSigno(entrado(que, importe)),
  ]
}

/** One for each class and rate, which a spreadsheet adds up by them. */
function filasDeTasas(hecho: DeVenta, forma: Forma): Celda[][] {
  const { que, en, pedido } = hecho
  const { importe, tasa } = escritor(hecho, forma)
  const antes = [...momento(en, forma.zona), pedido.numero, que]
  return cuantoDe(hecho).impuestos.map((uno) => {
    const cuanto = [uno.base + uno.impuesto, uno.base, uno.impuesto].map(importe)
    return [...antes, uno.codigo, tasa(uno.tasa), ...cuanto, pedido.moneda, pedido.id]
  })
}

function filasDeLineas(hecho: DeVenta, forma: Forma): Celda[][] {
  const { que, en, pedido } = hecho
  const { numero, id, moneda, condiciones } = pedido
  const { importe, precio, tasa, signo } = escritor(hecho, forma)
  const antes = [...momento(en, forma.zona), numero, que]
  const cuenta = (parte: Omit<ReturnType<typeof parteDeLinea>, 'descuento'>) => [
    importe(parte.importe),
    importe(parte.importe - parte.impuesto),
    importe(parte.impuesto),
    parte.gravamen.clase,
    tasa(parte.gravamen.tasa),
    moneda,
    id,
  ]
  if (enParte(hecho)) {
    return cuantoDe(hecho).impuestos.map((uno) => {
      const gravamen = { clase: uno.codigo, tasa: uno.tasa, porDentro: false }
      const parte = { importe: uno.base + uno.impuesto, impuesto: uno.impuesto, gravamen }
      return [...antes, null, null, null, null, null, ...cuenta(parte), null]
    })
  }
  const filas: Celda[][] = pedido.lineas.map((linea) => {
    const { sku, nombre, cantidad, precioUnitario, productoId } = linea
    const parte = parteDeLinea(linea)
    const cuanto = [signo * cantidad, precio(precioUnitario), importe(parte.descuento)]
    return [...antes, sku, nombre, ...cuanto, ...cuenta(parte), productoId]
  })
  if (!condiciones?.metodoEnvio) return filas
  const { envioImporte, envioImpuesto: impuesto, envioGravamen: gravamen } = condiciones
  const { codigo, nombre } = condiciones.metodoEnvio
  const envio = cuenta({ importe: envioImporte, impuesto, gravamen })
  return [
    ...filas,
    [...antes, codigo, nombre, signo, precio(envioImporte), importe(0), ...envio, null],
  ]
}

/** The row of a fact. */
export const filaDe = (hecho: Hecho, forma: Forma): Celda[] =>
  hecho.que === 'venta' || hecho.que === 'abono'
    ? filaDeVenta(hecho, forma)
    : filaDeDinero(hecho, forma)

/** What a file says of each sale and credit by its parts; the way to the customer is a line of its own. */
export const filasDe = (por: Exclude<Por, 'hecho'>, hecho: DeVenta, forma: Forma): Celda[][] =>
  por === 'linea' ? filasDeLineas(hecho, forma) : filasDeTasas(hecho, forma)
