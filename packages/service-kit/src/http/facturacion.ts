import { type Static, Type } from '@sinclair/typebox'
import {
  type TipoIdentificacion,
  tiposIdentificacion,
  verIdentificacion,
} from '../values/identificacion.ts'
import { textoLimpio } from '../values/identity-key.ts'
import { problemError } from './problems.ts'
import { cerrado, Email, Pais, texto } from './schemas.ts'

/** Whom an invoice is made out to. */
export const Facturacion = cerrado(
  {
    identificacion: cerrado({
      pais: Pais,
      tipo: Type.Unsafe<TipoIdentificacion>(
        Type.String({
          enum: [...tiposIdentificacion],
          error: `debe ser uno de: ${tiposIdentificacion.join(', ')}`,
          'x-regla': 'opcion',
          examples: ['ruc'],
        }),
      ),
      numero: texto(60, 1, '1790011674001'),
    }),
    razonSocial: texto(200, 1, 'Comercial Andina S. A.'),
    direccion: Type.Optional(texto(300, 1, 'Av. Amazonas N21-147, Quito')),
    email: Type.Optional(Email),
  },
  'Facturacion',
)
export type Facturacion = Static<typeof Facturacion>

/**
 * What is kept of invoice data; `campo` is its path in the body.
 * @throws ProblemError 422 `identificacion-invalida`, which names the field
 */
export function facturacionLimpia(dada: Facturacion, campo: string): Facturacion {
  const seen = verIdentificacion(dada.identificacion)
  if (!seen.ok) {
    const at = `${campo}.identificacion.${seen.motivo === 'tipo' ? 'tipo' : 'numero'}`
    const errores = [{ campo: at, mensaje: seen.detalle, regla: 'formato' as const }]
    throw problemError('identificacion-invalida', { detail: seen.detalle, errores })
  }
  const { razonSocial, direccion, email } = dada
  return {
    identificacion: seen.identificacion,
    razonSocial: textoLimpio(razonSocial),
    ...(direccion === undefined ? {} : { direccion: textoLimpio(direccion) }),
    ...(email === undefined ? {} : { email: textoLimpio(email) }),
  }
}
