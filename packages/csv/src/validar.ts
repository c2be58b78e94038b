import type { Static, TObject } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { fieldErrors } from '@encargo/service-kit/values/validation-messages'
import type { ErroresImportacion } from './errores.ts'

/**
 * Holds rows to the schema that a JSON body of the same kind is held to. What is wrong is noted with
 * the column that bears the field's name.
 */
export function validadorDeFilas<S extends TObject>(schema: S) {
  const compiled = TypeCompiler.Compile(schema)
  return (fila: number, value: unknown, errores: ErroresImportacion): value is Static<S> => {
    if (compiled.Check(value)) return true
    for (const error of fieldErrors(compiled.Errors(value), 'fila')) {
      const { campo, mensaje, regla = 'formato', limite } = error
      const [columna = campo, ...dentro] = campo.split('.')
      const dicho = dentro.length > 0 ? `${dentro.join('.')} ${mensaje}` : mensaje
      errores.anotar(fila, columna, { mensaje: dicho, regla, limite })
    }
    return false
  }
}
