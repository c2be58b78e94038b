import type { Textos } from '../../textos/tipo.ts'
import { enDosLenguas } from '../../textos/lenguas.ts'
import type { ErrorFila } from './importacion.ts'

type Regla = NonNullable<ErrorFila['regla']>

/** How a language says what is wrong with a row; of the rest, the rules of fields or the service do. */
type ReglasDeFila = Readonly<Partial<Record<Regla, (limite: number, dato: string) => string>>>

const en: ReglasDeFila = {
  'archivo-vacio': () => 'The file is empty.',
  codificacion: () => 'The file is not UTF-8. Save it as “CSV UTF-8”.',
  comillas: () =>
    'The quotes of a cell are not closed, or there is text behind them. Put the cell into quotes and double those inside it ("").',
  'fila-larga': (limite) => `The row has more than ${limite} KiB, or quotes are not closed.`,
  'demasiadas-filas': (limite) => `The file has more than ${limite} rows. Split it.`,
  'columna-desconocida': (_, dato) => `There is no such column. The columns are ${dato}.`,
  'columna-que-falta': (_, dato) => `A column is missing: ${dato.replace(', ', ' or ')}.`,
  'celda-sin-columna': (limite) =>
    `There is something in column ${limite}, which has no name in the header.`,
  importe: (limite, dato) =>
    limite === 0
      ? `This has to be an amount such as ${dato}, without decimals.`
      : `This has to be an amount such as ${dato}, with up to ${limite} decimals.`,
  'importe-maximo': (_, dato) => `At most ${dato}.`,
  json: (_, dato) => `This has to be a JSON object such as ${dato}.`,
  'fila-repetida': (limite) => `Its product is in row ${limite} already.`,
  'sin-producto': () => 'It does not say which product it is about: sku or productoId is missing.',
  'sku-desconocido': () =>
    'No product on sale has this SKU. Use productoId for one that is archived.',
  'sku-abreviado': () =>
    'The spreadsheet has cut this number short. Format the column as text and type the whole SKU.',
  'sku-cambiado': () =>
    'This is not the SKU that the row had when it was exported. If it is a new product, empty its control cell.',
  'sku-distinto': (_, dato) => `It is not the SKU of that productoId, which is ${dato}.`,
  'producto-desconocido': () => 'There is no such product.',
  control: () =>
    'This is not the cell that was exported for this row. Export again, or empty the cell.',
  conflicto: (_, dato) =>
    `The shop has changed it since the export: it is “${dato}” now. If what you have is right all the same, empty the control cell of this row.`,
  previa: () => 'The shop has changed since the preview. Look at it again.',
  'imagen-inexistente': () => 'It names a picture that is not there. Upload it first.',
  'impuesto-desconocido': () => 'It names a tax that is not there. Create it first.',
}

/** The services' own sentences are Spanish. */
export const useReglasDeFila = enDosLenguas<ReglasDeFila>({}, en)

/** What a person is told of a row, if we have words for it. */
export function textoDeFila(
  reglas: ReglasDeFila,
  { reglas: deCampo }: Pick<Textos, 'reglas'>,
  { regla, limite, dato = '' }: ErrorFila,
): string | undefined {
  if (regla === undefined) return undefined
  const propia = reglas[regla]
  if (propia) return propia(limite ?? 0, dato)
  const dicha = Object.entries(deCampo).find(([una]) => una === regla)?.[1]
  if (typeof dicha !== 'function') return dicha
  return limite === undefined ? undefined : dicha(limite)
}
