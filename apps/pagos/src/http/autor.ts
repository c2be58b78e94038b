import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import type { Autoria } from '../domain/auditoria.ts'

/** Who does something, and from where, as a request tells. */
export const autorDe = (
  { id }: { readonly id: string },
  request: Request,
): Omit<Autoria, 'ahora'> => ({
  actorId: id,
  direccion: remoteAddressOf(request) ?? undefined,
})
