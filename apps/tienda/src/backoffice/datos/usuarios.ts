import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { definidos } from '../../datos/filtros.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'
import type { Intento } from '../../formularios/intento.ts'
import { pedirConVersion } from './version.ts'

export const roles = ['cliente', 'operador', 'admin'] as const
export type Rol = (typeof roles)[number]

export interface FiltrosUsuarios {
  readonly q?: string
  readonly rol?: string
  readonly activo?: string
  readonly cedula?: string
}

const porPagina = 50

type Ajustes = Parameters<ReturnType<typeof cliente>['auth']['usuarios']['get']>[0]
type Consulta = NonNullable<NonNullable<Ajustes>['query']>

const pedirUsuarios = (query: Consulta, opciones: Opciones) =>
  pedir(cliente().auth.usuarios.get({ query, ...opciones }))
export type Usuario = Awaited<ReturnType<typeof pedirUsuarios>>['datos'][number]

const consultaDe = ({ q, rol, activo, cedula }: FiltrosUsuarios) =>
  definidos({
    q,
    cedula: cedula?.slice(0, 32),
    rol: roles.find((uno) => uno === rol),
    activo: [true, false].find((uno) => String(uno) === activo),
  })

/** The newest accounts first. */
export const opcionesUsuarios = (filtros: FiltrosUsuarios) => {
  const consulta = consultaDe(filtros)
  const pedirPagina = (cursor: Cursor, opciones: Opciones) =>
    pedirUsuarios({ limite: porPagina, ...consulta, ...cursor }, opciones)
  return enPaginas(['usuarios', 'lista', consulta], pedirPagina, buscada)
}

/** Some whose name or e-mail begins so, to choose from. */
export const opcionesSugeridos = (q: string) =>
  queryOptions({
    queryKey: ['usuarios', 'sugeridos', q],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await pedirUsuarios({ q, limite: 8 }, con(signal))).datos,
  })

export const opcionesUsuario = (id: string) =>
  queryOptions({
    queryKey: ['usuarios', 'uno', id],
    queryFn: ({ signal }) => pedir(cliente().auth.usuarios({ id }).get(con(signal))),
  })

/** One account to be edited, with its version. */
export const opcionesEdicion = (id: string) =>
  queryOptions({
    queryKey: ['usuarios', 'edicion', id],
    queryFn: ({ signal }) => pedirConVersion(cliente().auth.usuarios({ id }).get(con(signal))),
  })

type Cambios = Parameters<ReturnType<ReturnType<typeof cliente>['auth']['usuarios']>['patch']>[0]

/** Changes an account unless it is no longer the version that was read. */
export async function cambiarUsuario(id: string, cambios: NonNullable<Cambios>, version: string) {
  const headers = { 'if-match': version }
  return await pedirConVersion(cliente().auth.usuarios({ id }).patch(cambios, { headers }))
}

export interface Alta {
  readonly nombre: string
  readonly email?: string
  readonly telefono?: string
  readonly cedula?: string
}

/** A customer whom staff enter, once, however often it is tried. */
export const crearCliente = (intento: Intento, alta: Alta) =>
  intento.hacer(alta, async (clave) => {
    const headers = { 'idempotency-key': clave }
    return await pedir(cliente().auth.usuarios.post(alta, { headers }))
  })

interface Invitacion {
  readonly nombre: string
  readonly email: string
  readonly rol: Exclude<Rol, 'cliente'>
}

/** Somebody of the staff, who sets a password by the mail that comes. */
export const invitar = (invitacion: Invitacion) =>
  pedir(cliente().auth.usuarios.invitaciones.post(invitacion))

export const repetirInvitacion = (id: string) =>
  pedir(cliente().auth.usuarios({ id }).invitacion.post())

export const anularInvitacion = (id: string) =>
  pedir(cliente().auth.usuarios({ id }).invitacion.delete())

/** Whether somebody of the staff has not set a password yet. */
export const esperaInvitacion = ({ rol, activo, conPassword }: Usuario): boolean =>
  rol !== 'cliente' && activo && !conPassword

/** Where somebody has things sent, and whom invoices are made out to. */
export const opcionesLibreta = (id: string) =>
  queryOptions({
    queryKey: ['usuarios', 'libreta', id],
    async queryFn({ signal }) {
      const suyo = cliente().auth.usuarios({ id })
      const [direcciones, facturacion] = await Promise.all([
        pedir(suyo.direcciones.get(con(signal))),
        pedir(suyo.facturacion.get(con(signal))),
      ])
      return { direcciones: direcciones.datos, facturaciones: facturacion.datos }
    },
  })

export async function eliminarUsuario(id: string): Promise<void> {
  await pedir(cliente().auth.usuarios({ id }).delete())
}
