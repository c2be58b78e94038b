import type { Clock } from '@encargo/service-kit/async/clock'
import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import type { Autoria } from '../domain/producto.ts'

/** Who makes a change, when and from where, as a request tells. */
export const autoriaDe = (
  {
    identidad,
    request,
  }: { readonly identidad: { readonly id: string }; readonly request: Request },
  clock: Clock,
): Autoria => ({
  usuarioId: identidad.id,
  ahora: clock.epochMs(),
  direccion: remoteAddressOf(request) ?? undefined,
})
