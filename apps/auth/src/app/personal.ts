import type { Clock } from '@encargo/service-kit/async/clock'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { derivedId, momentOfKey } from '@encargo/service-kit/values/derived-id'
import type { NuevoUsuario, Usuario } from '../domain/usuario.ts'
import type { AuthStore } from '../ports/store.ts'
import type { AltaPor, Ocupado } from '../ports/usuarios.ts'
import { nuevoToken } from './confirmar.ts'
import { recien } from './cuentas.ts'

export interface PersonalDeps {
  readonly store: Pick<AuthStore, 'usuarios' | 'restablecimientos'>
  readonly clock: Clock
  readonly uuid: () => string
  /** Tells that a mail is owed, so that nobody waits for the next look. */
  readonly correoDebido: () => void
}

/** Whoever of the staff does it, and from where. */
export interface Por {
  readonly actorId: string
  readonly direccion: string | undefined
}

export interface ClienteDelMostrador {
  readonly nombre: string
  readonly email?: string
  readonly telefono?: string
  readonly cedula?: string
}

export interface InvitacionPersonal {
  readonly nombre: string
  readonly email: string
  readonly rol: Exclude<Rol, 'cliente'>
}

export type Creado =
  | { readonly tipo: 'creado' | 'repetido'; readonly usuario: Usuario }
  /** `distinta`: the key was of somebody else. */
  | { readonly tipo: Ocupado | 'sin-permiso' | 'distinta' }

/** Whether somebody may be who was to be entered: of one who was edited since it can't be told. */
const esQuienSeCreo = ({ version, ...usuario }: Usuario, nuevo: NuevoUsuario): boolean =>
  version > 1
    ? usuario.nombre !== null
    : (['nombre', 'email', 'telefono', 'cedula'] as const).every(
        (campo) => usuario[campo] === nuevo[campo],
      )

/** Accounts that staff open for others, who have no password until they set one. */
export function createPersonal({ store, clock, uuid, correoDebido }: PersonalDeps) {
  const sinPassword = { emailConfirmadoEn: null, passwordHash: null } as const
  const invitacion = (usuarioId: string) =>
    nuevoToken('invitar', usuarioId, { uuid, creadoEn: clock.epochMs() })

  async function crear(alta: AltaPor): Promise<Creado> {
    const { nuevo, now } = alta
    const tipo = await store.usuarios.crearPor(alta)
    if (tipo === 'creado') return { tipo, usuario: { ...recien(nuevo), creadoEn: now } }
    if (tipo !== 'repetido') return { tipo }
    const usuario = await store.usuarios.porId(nuevo.id)
    return usuario && esQuienSeCreo(usuario, nuevo) ? { tipo, usuario } : { tipo: 'distinta' }
  }

  return {
    /**
     * A customer at the counter or on the telephone; who has the address may claim the account later. A key
     * enters one.
     */
    async crearCliente(
      datos: ClienteDelMostrador,
      { actorId, direccion }: Por,
      clave?: string,
    ): Promise<Creado> {
      const { nombre, email = null, telefono = null, cedula = null } = datos
      const repetible = clave !== undefined
      const id = repetible
        ? derivedId(JSON.stringify(['cliente', actorId, clave]), momentOfKey(clave))
        : uuid()
      const de = { id, nombre, email, telefono, cedula, rol: 'cliente' } as const
      const nuevo: NuevoUsuario = { ...de, ...sinPassword }
      const now = clock.epochMs()
      const actor = { id: actorId, como: 'personal' } as const
      return await crear({ nuevo, repetible, actor, direccion, now })
    },

    async invitar(datos: InvitacionPersonal, { actorId, direccion }: Por): Promise<Creado> {
      const de = { id: uuid(), cedula: null, telefono: null }
      const nuevo: NuevoUsuario = { ...de, ...datos, ...sinPassword }
      const now = clock.epochMs()
      const alta = { nuevo, actor: { id: actorId, como: 'admin' }, direccion, now } as const
      const hecha = await crear({ ...alta, invitar: invitacion(nuevo.id) })
      if (hecha.tipo === 'creado') correoDebido()
      return hecha
    },

    /** Sends the invitation anew; the link of before is worth nothing then. */
    async repetir(usuarioId: string, { actorId, direccion }: Por) {
      const actor = { id: actorId, como: 'admin' } as const
      const token = { ...invitacion(usuarioId), actor, direccion }
      const tipo = await store.restablecimientos.invitar(token)
      if (tipo === 'enviada') correoDebido()
      return tipo
    },

    /** Takes it back: the account, which nobody has used, is erased, and its address is free. */
    anular: (usuarioId: string, por: Por) =>
      store.usuarios.borrar({ id: usuarioId, ...por, soloPendiente: true, now: clock.epochMs() }),
  }
}

export type Personal = ReturnType<typeof createPersonal>
