import type { Origen } from '../domain/sesion.ts'

/** From where a request comes, as its sender's session is listed under. */
export type OrigenDe = (request: Request) => Origen

const longestDevice = 200

/** `direccionDe`: the remote address, or null where there is none, as in a test. */
export function createOrigenDe(direccionDe: (request: Request) => string | null): OrigenDe {
  return (request) => ({
    dispositivo: request.headers.get('user-agent')?.slice(0, longestDevice),
    direccion: direccionDe(request) ?? undefined,
  })
}
