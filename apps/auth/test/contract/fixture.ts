import { afterEach, beforeEach, expect } from 'bun:test'
import type { NuevoCorreo } from '../../src/domain/correo.ts'
import { sha256 } from '../../src/domain/secretos.ts'
import type { NuevoUsuario } from '../../src/domain/usuario.ts'
import type { AuthStore } from '../../src/ports/store.ts'

export const now = Date.UTC(2026, 0, 15, 12)
export const dayMs = 24 * 60 * 60_000
export const direccion = '203.0.113.9'
let people = 0

type ConCorreo = NuevoUsuario & { readonly email: string }

/** A person nobody has registered yet. */
export function nuevoUsuario(datos: Partial<ConCorreo> = {}): ConCorreo {
  people += 1
  return {
    id: Bun.randomUUIDv7(),
    email: `persona${people}@correo.example`,
    nombre: 'Ana Gómez',
    cedula: null,
    telefono: null,
    rol: 'cliente',
    emailConfirmadoEn: null,
    passwordHash: 'hash',
    ...datos,
  }
}

export const nuevoCorreo = (usuarioId: string, datos: Partial<NuevoCorreo> = {}): NuevoCorreo => ({
  id: Bun.randomUUIDv7(),
  tipo: 'confirmar',
  usuarioId,
  token: 'secreto',
  creadoEn: now,
  caducaEn: now + dayMs,
  ...datos,
})

export const sesionDe = (usuarioId: string, token = 'token') => ({
  id: Bun.randomUUIDv7(),
  usuarioId,
  tokenHash: sha256(token),
  dispositivo: undefined,
  direccion,
})

/** Opens an empty store; `close` takes it away. */
export type OpenStore = () => Promise<{
  readonly store: AuthStore
  readonly close: () => Promise<void>
}>

/** A store of its own for each test of a suite. */
export function eachStore(open: OpenStore) {
  let opened: Awaited<ReturnType<OpenStore>> | undefined
  beforeEach(async () => void (opened = await open()))
  afterEach(() => opened?.close())
  const of = (): AuthStore => {
    if (!opened) throw new Error('there is a store within a test only')
    return opened.store
  }

  return {
    get store() {
      return of()
    },
    async crear(datos: Partial<ConCorreo> = {}): Promise<ConCorreo> {
      const nuevo = nuevoUsuario(datos)
      expect(await of().usuarios.crear({ nuevo, now })).toBe('creado')
      return nuevo
    },
    /** What was done, the latest first. */
    acciones: async () => (await of().auditoria.listar({ limite: 99 })).map(({ accion }) => accion),
  }
}
