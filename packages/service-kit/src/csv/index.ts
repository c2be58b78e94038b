export type { FormatoCsv } from './cabecera.ts'
export { leerBooleano, leerEntero, leerPrecio, type Leido, reparoSkuAbreviado } from './celdas.ts'
export { ConsultaImportacion, separador, separadorDe } from './consulta.ts'
export { escribirControl, type Exportada, leerControl } from './control.ts'
export { resumenVacio } from './cuenta.ts'
export { DescargaCsv, respuestaCsv } from './descarga.ts'
export { ErroresImportacion } from './errores.ts'
export type { Celda, Separador } from './escribir.ts'
export {
  AccionImportacion,
  type FilaImportada,
  informeImportacion,
  NumeroDeFila,
  type ResumenImportacion,
  resumenImportacion,
} from './informe.ts'
export { type FilaCsv, leerCsv } from './leer.ts'
export { cuerpoCsv, maxFilasCsv, muestraFilas } from './limites.ts'
export { escribirLista, leerLista } from './lista.ts'
export { filaPorFila, type PorImportar, siSeDeshace } from './todo-o-nada.ts'
export { TurnosImportacion } from './turnos.ts'
export { validadorDeFilas } from './validar.ts'
