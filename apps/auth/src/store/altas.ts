import { type Asked, type Engine, statement, together } from '@encargo/storage'
import type { Rol } from '@encargo/service-kit/identity/tokens'
import { claveDeCedula, claveDeEmail } from '../domain/identidades.ts'
import type { NuevoUsuario } from '../domain/usuario.ts'
import type { Ocupado, UsuarioStore } from '../ports/usuarios.ts'
import { hayOtroAdmin, mayAct } from './actor.ts'
import { apuntar, apuntarPropio } from './auditoria.ts'
import { pedirConfirmacion } from './confirmaciones.ts'
import { palabrasDe } from './palabras.ts'
import { ponerRestablecimiento } from './restablecimientos.ts'

const insertar = statement<
  never,
  [
    id: string,
    email: string | null,
    emailClave: string | null,
    passwordHash: string | null,
    nombre: string,
    cedula: string | null,
    cedulaClave: string | null,
    telefono: string | null,
    rol: Rol,
    emailConfirmadoEn: number | null,
    palabras: string,
    now: number,
    invitado: number,
  ]
>(
  `INSERT INTO usuarios (numero, id, email, email_clave, password_hash, nombre, cedula, cedula_clave,
     telefono, rol, activo, version, email_confirmado_en, palabras, creado_en, actualizado_en,
     invitado)
   VALUES ((SELECT coalesce(max(numero), 0) + 1 FROM usuarios), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, 1,
     ?10, ?11, ?12, ?12, ?13)`,
)
const conId = statement<{ id: string }, [id: string]>('SELECT id FROM usuarios WHERE id = ?1')
const quien = statement<{ id: string }, [emailClave: string]>(
  'SELECT id FROM usuarios WHERE email_clave = ?1',
)

function insert(nuevo: NuevoUsuario, now: number): Asked<number> {
  const { id, email, passwordHash, nombre, cedula, telefono, rol, emailConfirmadoEn } = nuevo
  const compared = email !== null && !nuevo.invitado
  return insertar.run(
    id,
    email,
    compared ? claveDeEmail(email) : null,
    passwordHash,
    nombre,
    cedula,
    cedula === null ? null : claveDeCedula(cedula),
    telefono,
    rol,
    emailConfirmadoEn,
    palabrasDe(nombre, email),
    now,
    Number(nuevo.invitado ?? false),
  )
}

export function cedulaInUse(engine: Engine, error: unknown): 'cedula-en-uso' {
  const cedula = ['usuarios.cedula', 'usuarios.cedula_clave']
  if (cedula.some((column) => engine.isDuplicate(error, column))) return 'cedula-en-uso'
  throw error
}

/** New rows of people. */
export function createAltas(
  engine: Engine,
): Pick<UsuarioStore, 'crear' | 'crearPor' | 'crearPrimerAdmin'> {
  /** Of somebody whose address and number are both taken, each engine finds another one first. */
  async function occupied(error: unknown, { email }: NuevoUsuario): Promise<Ocupado> {
    if (engine.isDuplicate(error, 'usuarios.email_clave')) return 'email-en-uso'
    const cedula = cedulaInUse(engine, error)
    const taken = email !== null && (await engine.ask(quien.get(claveDeEmail(email))))
    return taken ? 'email-en-uso' : cedula
  }

  return {
    crear: ({ nuevo, confirmar, now, direccion }) =>
      engine
        .write(function* () {
          yield* together(
            insert(nuevo, now),
            ...(confirmar ? pedirConfirmacion(confirmar) : []),
            apuntarPropio(nuevo.invitado ? 'invitado-recibido' : 'registro', {
              usuarioId: nuevo.id,
              direccion,
              now,
            }),
          )
          return 'creado' as const
        })
        .catch((error: unknown) => occupied(error, nuevo)),

    crearPor: ({ nuevo, actor, invitar, repetible, direccion, now }) =>
      engine
        .write(function* () {
          if (!(yield* mayAct(actor))) return 'sin-permiso'
          if (repetible && (yield* conId.get(nuevo.id))) return 'repetido'
          const accion = invitar ? 'personal-invitado' : 'cliente-creado'
          const who = { actorId: actor.id, sujetoId: nuevo.id, direccion }
          yield* together(
            insert(nuevo, now),
            ...(invitar ? ponerRestablecimiento(invitar) : []),
            apuntar({ en: now, accion, ...who, ...(invitar ? { detalle: nuevo.rol } : {}) }),
          )
          return 'creado' as const
        })
        .catch((error: unknown) => occupied(error, nuevo)),

    crearPrimerAdmin: (nuevo, now) =>
      engine
        .write(function* () {
          if (yield* hayOtroAdmin('')) return 'ya-hay'
          const who = { sujetoId: nuevo.id, direccion: undefined }
          yield* together(insert(nuevo, now), apuntar({ en: now, accion: 'primer-admin', ...who }))
          return 'creado' as const
        })
        .catch((error: unknown) => occupied(error, nuevo)),
  }
}
