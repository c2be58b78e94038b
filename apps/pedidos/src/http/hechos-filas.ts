import type { Celda, Separador } from '@encargo/csv/escribir'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import type { Hecho } from '../domain/hecho.ts'
import { idDeAnulacion } from '../domain/identidad-pedido.ts'
import { parteDeLinea, totalesDe } from '../domain/totales.ts'

// Rows of the files for whoever keeps the books. What is owed back is negative, so that a column adds up.

export interface Forma {
  readonly separador: Separador
  /** Whose days and hours are written, an IANA name. */
  readonly zona: string
}

const comunes = 'fecha hora numero hecho'

export const columnas = {
  hecho: (
    `${comunes} importe base impuesto moneda metodo referencia pedidoId canal cliente ` +
    'tipoIdentificacion identificacion razonSocial impuestos'
  ).split(' '),
  linea: (
    `${comunes} sku nombre cantidad precioUnitario descuento importe base impuesto ` +
    'claseImpuesto tasa moneda pedidoId productoId'
  ).split(' '),
  tasa: `${comunes} claseImpuesto tasa importe base impuesto moneda pedidoId`.split(' '),
} as const
export type Por = keyof typeof columnas

function escritor({ que, pedido: { moneda } }: Hecho, { separador }: Forma) {
  const signo = que === 'venta' ? 1 : -1
  const decimal = separador === ';' ? ',' : '.'
  const precio = (menor: number) => ({ cifra: escribirImporte(menor, moneda, decimal) })
  return {
    signo,
    precio,
    /** Of the order: what is owed back is less than nothing. */
    importe: (menor: number) =>
      signo < 0 && menor > 0 ? { cifra: `-${precio(menor).cifra}` } : precio(menor),
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

function filaDeHecho(hecho: Hecho, forma: Forma): Celda[] {
  const { que, en, pedido } = hecho
  const { numero, id, moneda, condiciones } = pedido
  const { importe, tasa } = escritor(hecho, forma)
  const { impuestos, ...totales } = totalesDe(pedido.lineas, condiciones ?? undefined)
  const { identificacion, razonSocial = null } = condiciones?.facturacion ?? {}
  const porTasa = impuestos.map(
    (uno) =>
      `${uno.codigo} ${tasa(uno.tasa).cifra} %: ${importe(uno.base).cifra} + ${importe(uno.impuesto).cifra}`,
  )
  return [
    ...momento(en, forma.zona),
    numero,
    que,
    importe(pedido.total),
    importe(totales.base),
    importe(totales.impuesto),
    moneda,
    // Nothing is known of payments here.
    null,
    que === 'venta' ? id : idDeAnulacion(id),
    id,
    condiciones?.canal ?? null,
    condiciones?.contacto?.nombre ?? null,
    identificacion ? `${identificacion.pais} ${identificacion.tipo}` : null,
    identificacion?.numero ?? null,
    razonSocial,
    porTasa.join(' | '),
  ]
}

/** One for each class and rate, which a spreadsheet adds up by them. */
function filasDeTasas(hecho: Hecho, forma: Forma): Celda[][] {
  const { que, en, pedido } = hecho
  const { numero, id, moneda, condiciones } = pedido
  const { importe, tasa } = escritor(hecho, forma)
  const antes = [...momento(en, forma.zona), numero, que]
  const { impuestos } = totalesDe(pedido.lineas, condiciones ?? undefined)
  return impuestos.map((uno) => {
    const cuanto = [uno.base + uno.impuesto, uno.base, uno.impuesto].map(importe)
    return [...antes, uno.codigo, tasa(uno.tasa), ...cuanto, moneda, id]
  })
}

function filasDeLineas(hecho: Hecho, forma: Forma): Celda[][] {
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

const deCada: Readonly<Record<Por, (hecho: Hecho, forma: Forma) => Celda[][]>> = {
  hecho: (hecho, forma) => [filaDeHecho(hecho, forma)],
  linea: filasDeLineas,
  tasa: filasDeTasas,
}

/** What a file says of each; the way to the customer is a line of its own. */
export const filasDe = (por: Por, hecho: Hecho, forma: Forma): Celda[][] =>
  deCada[por](hecho, forma)
