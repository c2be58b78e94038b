import { treaty } from '@elysiajs/eden'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { appOptions, type service } from '../src/http/service.ts'
import { rechazar, rechazos } from '../src/http/problems.ts'

/** What a caller in another package sees of a service made with the kit. */
const createApp = (base: ReturnType<typeof service>) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get('/cosas', ({ identidad }) => ({ a: identidad.id.length }), {
      acceso: 'usuario',
      response: {
        200: Type.Object({ a: Type.Integer() }),
        ...rechazos('stock-insuficiente', 'reserva-cerrada', 'no-encontrado'),
      },
    })

const client = treaty<ReturnType<typeof createApp>>('http://localhost', { parseDate: false })

export async function aSwitchOnCodigoNarrows(): Promise<string> {
  const { data, error } = await client.cosas.get()
  if (!error) {
    const a: number = data.a
    // @ts-expect-error -- the answer has no such field
    void data.b
    return String(a)
  }
  const { value } = error
  switch (value.codigo) {
    case 'stock-insuficiente': {
      const disponible: number | undefined = value.faltantes[0]?.disponible
      return `${disponible}`
    }
    case 'reserva-cerrada':
      // @ts-expect-error -- only stock-insuficiente says what is missing
      return value.faltantes
    case 'datos-invalidos':
      return value.errores.map((one) => `${one.campo} ${one.mensaje}`).join()
    case 'no-encontrado':
    case 'no-autenticado':
    case 'prohibido':
    case 'error-interno':
      return value.detail
    // @ts-expect-error -- this route never refuses so
    case 'sku-en-uso':
      return ''
    default:
      return value.title
  }
}

export async function aStatusNarrowsToo(): Promise<number> {
  const { error } = await client.cosas.get()
  if (error?.status === 404) {
    const only: 'no-encontrado' = error.value.codigo
    return only.length
  }
  if (error?.status === 409) {
    const either: 'stock-insuficiente' | 'reserva-cerrada' = error.value.codigo
    return either.length
  }
  // @ts-expect-error -- 418 is not in the contract of this route
  if (error?.status === 418) return 418
  return 0
}

export const whatTheRegistryForbids = [
  // @ts-expect-error -- stock-insuficiente must say what is missing
  () => rechazar('stock-insuficiente', { detail: 'Faltan.' }),
  // @ts-expect-error -- no such code
  () => rechazar('no-existe', { detail: '' }),
  // @ts-expect-error -- no such code
  () => rechazos('no-existe'),
]

export const undeclaredRefusal = (base: ReturnType<typeof service>) =>
  new Elysia({ ...appOptions })
    .use(base)
    // @ts-expect-error -- a handler may only return the refusals that it declares
    .get('/x', () => rechazar('sku-en-uso', { detail: 'Ya existe.' }), {
      publico: true,
      response: { 200: Type.Object({ a: Type.Integer() }), ...rechazos('no-encontrado') },
    })
