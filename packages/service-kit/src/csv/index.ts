export type { FormatoCsv } from './cabecera.ts'
export {
  decimalesDe,
  escribirImporte,
  leerBooleano,
  leerEntero,
  leerImporte,
  type Leido,
} from './celdas.ts'
export { type ErrorFila, ErroresImportacion } from './errores.ts'
export { type Celda, respuestaCsv } from './escribir.ts'
export { type FilaCsv, leerCsv } from './leer.ts'
export { cuerpoCsv, maxFilasCsv, muestraFilas } from './limites.ts'
export { escribirLista, leerLista } from './lista.ts'
export { TurnosImportacion } from './turnos.ts'
export { validadorDeFilas } from './validar.ts'
