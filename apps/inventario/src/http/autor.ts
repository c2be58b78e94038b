import { remoteAddressOf } from '@encargo/service-kit/http/edge/remote-address'
import type { Autoria } from '../domain/auditoria.ts'

/** Who makes a change, and from where, as a request tells. */
export const autorDe = (
  { id }: { readonly id: string },
  request: Request,
): Omit<Autoria, 'ahora'> => ({
  usuarioId: id,
  direccion: remoteAddressOf(request) ?? undefined,
})
