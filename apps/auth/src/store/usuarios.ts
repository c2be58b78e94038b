import { type Engine, type Script, statement, together } from '@encargo/storage'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { apuntesDeEdicion } from '../domain/auditoria.ts'
import { claveDeCedula } from '../domain/identidades.ts'
import {
  type Credencial,
  dejaDeSerAdmin,
  esperaInvitacion,
  puedeSer,
  type Usuario,
} from '../domain/usuario.ts'
import type { Borrado, Edicion, Editado, UsuarioStore } from '../ports/usuarios.ts'
import { hayOtroAdmin, mayAct } from './actor.ts'
import { cedulaInUse, createAltas } from './altas.ts'
import { apuntar, apuntarPropio } from './auditoria.ts'
import { olvidarConfirmacion } from './confirmaciones.ts'
import { olvidarCorreos } from './correos.ts'
import { olvidarLibreta } from './libreta.ts'
import { aUsuario, columnas, type FilaUsuario, listaUsuarios } from './lista-usuarios.ts'
import { palabrasDe } from './palabras.ts'
import { cerrarSesionesDe } from './sesiones.ts'

const porId = statement<FilaUsuario, [id: string]>(`SELECT ${columnas} FROM usuarios WHERE id = ?1`)
const porIds = statement<FilaUsuario, [ids: string]>(
  `SELECT ${columnas} FROM usuarios WHERE id IN (SELECT value FROM json_each(?1))`,
)
// Every purchase comes by here, so in one statement: each one takes and gives back SQLite's locks.
const estados = statement<
  { id: string; activo: number; confirmadoEn: number | null },
  [ids: string]
>(
  `SELECT id, activo, email_confirmado_en AS "confirmadoEn" FROM usuarios
   WHERE id IN (SELECT value FROM json_each(?1))`,
)
const credencial = (columna: string) =>
  statement<Omit<Credencial, 'activo'> & { readonly activo: number }, [valor: string]>(
    `SELECT id, rol, activo, email, nombre, password_hash AS "passwordHash" FROM usuarios
     WHERE ${columna} = ?1 AND eliminado_en IS NULL AND email IS NOT NULL`,
  )
const credencialPorEmail = credencial('email_clave')
const credencialPorId = credencial('id')
const editable = statement<FilaUsuario & { cedulaClave: string | null }, [id: string]>(
  `SELECT ${columnas}, cedula_clave AS "cedulaClave" FROM usuarios
   WHERE id = ?1 AND eliminado_en IS NULL`,
)
const editar = statement<
  never,
  [
    id: string,
    nombre: string | null,
    telefono: string | null,
    cedula: string | null,
    cedulaClave: string | null,
    rol: Rol,
    activo: number,
    emailConfirmadoEn: number | null,
    version: number,
    palabras: string,
    now: number,
  ]
>(
  `UPDATE usuarios SET nombre = ?2, telefono = ?3, cedula = ?4, cedula_clave = ?5, rol = ?6,
     activo = ?7, email_confirmado_en = ?8, version = ?9, palabras = ?10, actualizado_en = ?11
   WHERE id = ?1`,
)
const borrable = statement<FilaUsuario & { eliminadoEn: number | null }, [id: string]>(
  `SELECT ${columnas}, eliminado_en AS "eliminadoEn" FROM usuarios WHERE id = ?1`,
)
const borrar = statement<never, [id: string, now: number]>(
  `UPDATE usuarios SET email = NULL, email_clave = NULL, nombre = NULL, password_hash = NULL,
     cedula = NULL, cedula_clave = NULL, telefono = NULL, palabras = NULL, email_confirmado_en = NULL, activo = 0,
     rol = 'cliente', version = version + 1, eliminado_en = ?2, actualizado_en = ?2 WHERE id = ?1`,
)
const borrarSesiones = statement<never, [usuarioId: string]>(
  'DELETE FROM sesiones WHERE usuario_id = ?1',
)
const borrarCorreos = statement<never, [usuarioId: string]>(
  'DELETE FROM correos WHERE usuario_id = ?1',
)
const borrarRestablecimiento = statement<never, [usuarioId: string]>(
  'DELETE FROM restablecimientos WHERE usuario_id = ?1',
)
const rehacerHash = statement<never, [id: string, anterior: string, nuevo: string]>(
  'UPDATE usuarios SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2',
)
const cambiarHash = statement<never, [id: string, anterior: string, nuevo: string, now: number]>(
  `UPDATE usuarios SET password_hash = ?3, actualizado_en = ?4
   WHERE id = ?1 AND password_hash = ?2 AND activo = 1`,
)

function* edit({ id, actor, cambios, direccion, admite, now }: Edicion): Script<Editado> {
  const row = yield* editable.get(id)
  if (!row) return { tipo: 'no-encontrado' }
  const { cedulaClave, ...fila } = row
  const antes = aUsuario(fila)
  if (!admite(antes.version)) return { tipo: 'version-distinta' }
  if (dejaDeSerAdmin(antes, cambios) && !(yield* hayOtroAdmin(id))) return { tipo: 'ultimo-admin' }
  if (!(yield* mayAct(actor))) return { tipo: 'sin-permiso' }
  if (!puedeSer(antes, cambios.rol ?? antes.rol)) return { tipo: 'sin-cuenta' }
  const { emailConfirmado, ...datos } = cambios
  const usuario: Usuario = {
    ...antes,
    ...datos,
    emailConfirmadoEn:
      antes.emailConfirmadoEn ?? (emailConfirmado && antes.email !== null ? now : null),
    version: antes.version + 1,
  }
  yield* editar.run(
    id,
    usuario.nombre,
    usuario.telefono,
    usuario.cedula,
    datos.cedula ? claveDeCedula(datos.cedula) : datos.cedula === null ? null : cedulaClave,
    usuario.rol,
    Number(usuario.activo),
    usuario.emailConfirmadoEn,
    usuario.version,
    palabrasDe(usuario.nombre, usuario.email),
    now,
  )
  const who = { en: now, actorId: actor.id, sujetoId: id, direccion }
  yield* together(
    ...apuntesDeEdicion(antes, usuario).map((apunte) => apuntar({ ...who, ...apunte })),
    ...(usuario.activo ? [] : [cerrarSesionesDe(id, now), olvidarCorreos(id)]),
    ...(usuario.emailConfirmadoEn === null ? [] : olvidarConfirmacion(id)),
  )
  return { tipo: 'editado', usuario }
}

function* erase({ id, actorId, soloPendiente, direccion, now }: Borrado) {
  const before = yield* borrable.get(id)
  if (!before) return 'no-encontrado'
  const antes = aUsuario(before)
  if (soloPendiente && !esperaInvitacion(antes)) return 'no-encontrado'
  if (dejaDeSerAdmin(antes, { activo: false }) && !(yield* hayOtroAdmin(id))) return 'ultimo-admin'
  if (!(yield* mayAct({ id: actorId, como: 'admin' }))) return 'sin-permiso'
  if (before.eliminadoEn !== null) return 'borrado'
  yield* together(
    borrar.run(id, now),
    // Where somebody signed in from is personal data too, so the rows go, not just the access.
    borrarSesiones.run(id),
    ...olvidarConfirmacion(id),
    borrarCorreos.run(id),
    borrarRestablecimiento.run(id),
    ...olvidarLibreta(id),
    apuntar({ en: now, accion: 'usuario-eliminado', actorId, sujetoId: id, direccion }),
  )
  return 'borrado'
}

/** Rows in the order of their ids, the unknown ones left out. */
function enOrden<R extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly R[],
): R[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => known.get(id) ?? [])
}

const aCredencial = (fila: (Omit<Credencial, 'activo'> & { activo: number }) | undefined) =>
  fila && { ...fila, activo: fila.activo === 1 }

export function createUsuarioStore(engine: Engine): UsuarioStore {
  return {
    ...createAltas(engine),
    hayAdmin: () => engine.read(() => hayOtroAdmin('')),

    async porId(id) {
      const found = await engine.ask(porId.get(id))
      return found && aUsuario(found)
    },

    porIds: async (ids) =>
      enOrden(ids, await engine.ask(porIds.all(JSON.stringify(ids)))).map(aUsuario),

    estados: async (ids) =>
      enOrden(ids, await engine.ask(estados.all(JSON.stringify(ids)))).map(
        ({ id, activo, confirmadoEn }) => ({
          id,
          activo: activo === 1,
          confirmado: confirmadoEn !== null,
        }),
      ),

    credencialPorEmail: async (clave) =>
      aCredencial(await engine.ask(credencialPorEmail.get(clave))),
    credencialPorId: async (id) => aCredencial(await engine.ask(credencialPorId.get(id))),
    listar: async (filtro) => (await engine.ask(listaUsuarios(filtro))).map(aUsuario),

    editar: (edicion) =>
      engine
        .write(() => edit(edicion))
        .catch((error: unknown) => ({ tipo: cedulaInUse(engine, error) })),

    async borrar(borrado) {
      const result = await engine.write(() => erase(borrado))
      // While somebody else reads the log this has no effect; asking for the erasure again tries again.
      if (result === 'borrado') await engine.forget()
      return result
    },

    rehacerHash: ({ id, anterior, nuevo }) =>
      engine.write(function* () {
        yield* rehacerHash.run(id, anterior, nuevo)
        return (yield* credencialPorId.get(id))?.passwordHash ?? anterior
      }),

    cambiarPassword: ({ id, anterior, nuevo, salvoSesion, direccion, now }) =>
      engine.write(function* () {
        if ((yield* cambiarHash.run(id, anterior, nuevo, now)) === 0) return false
        yield* together(
          // A token to set the password anew must not outlive a change of it.
          borrarRestablecimiento.run(id),
          olvidarCorreos(id, 'restablecer'),
          apuntarPropio('password-cambiada', { usuarioId: id, direccion, now }),
          cerrarSesionesDe(id, now, salvoSesion),
        )
        return true
      }),
  }
}
