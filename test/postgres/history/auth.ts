import { politicas } from '../../../apps/auth/src/domain/frenos.ts'
import { sha256 } from '../../../apps/auth/src/domain/secretos.ts'
import type { CambiosCara } from '../../../apps/auth/src/domain/tienda.ts'
import type { AuthStore } from '../../../apps/auth/src/ports/store.ts'
import { openAuthPostgres } from '../../../apps/auth/src/store/postgres/open.ts'
import { openAuthStorage } from '../../../apps/auth/src/store/sqlite/open.ts'
import { createAuthStore } from '../../../apps/auth/src/store/store.ts'
import { dayMs, peopleOf } from './auth-people.ts'
import { libretaOf } from './auth-libreta.ts'
import { readsOf } from './auth-reads.ts'
import type { Both } from './both.ts'
import type { Chance } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'

type Store = AuthStore

export async function openAuth(url: string): Promise<Both<Store>> {
  const sqlite = openAuthStorage(':memory:')
  const postgres = await openAuthPostgres(url)
  return {
    // A mail is taken before it is sent where others send as well, which tells the two apart.
    sqlite: createAuthStore({ ...sqlite, shared: true }),
    postgres: createAuthStore(postgres),
    storages: { sqlite, postgres },
  }
}

const admite = (version: number) => version % 7 !== 6
/** People who come and go, those who guess at their passwords, and a shop with a face. */
export function auth(chance: Chance): Asker<Store> {
  const { below, of, once, id, many, from, text } = chance
  const people = peopleOf(chance)
  const libreta = libretaOf(chance, people)
  const {
    usuarios,
    sesiones,
    tokens,
    correos,
    hashes,
    moment,
    recent,
    usuario,
    alguien,
    direccion,
    hash,
    cedula,
    rol,
    una,
    nuevo,
    sinPassword,
    confirmar,
    cuenta,
    uso,
    dibujo,
  } = people

  const crear: Maker<Store> = () => {
    const quien = once(4) ? sinPassword() : nuevo()
    const con = once(2) ? { confirmar: confirmar(quien.id, 'confirmar') } : {}
    const alta = { nuevo: quien, now: moment(), direccion: direccion(), ...con }
    return operation('usuarios.crear', (store) => store.usuarios.crear(alta), {
      learn: (hecho) => hecho === 'creado' && usuarios.set(quien.id, quien),
    })
  }
  const crearPor: Maker<Store> = () => {
    const repetible = once(2)
    const conId = repetible && once(3) ? { id: alguien() } : {}
    const quien = { ...nuevo(), passwordHash: null, ...conId }
    const con = once(2) ? { invitar: confirmar(quien.id, 'invitar') } : {}
    const actor = { id: admin() ?? usuario(), como: of('admin', 'personal') }
    const alta = { nuevo: quien, repetible, actor, direccion: direccion(), now: moment(), ...con }
    return operation('usuarios.crearPor', (store) => store.usuarios.crearPor(alta), {
      learn: (hecho) => hecho === 'creado' && usuarios.set(quien.id, quien),
    })
  }
  const invitar: Maker<Store> = () => {
    const actor = { id: admin() ?? usuario(), como: 'admin' } as const
    const con = { ...confirmar(alguien(), 'invitar'), actor, direccion: direccion() }
    return operation('restablecimientos.invitar', (store) => store.restablecimientos.invitar(con))
  }
  const crearPrimerAdmin: Maker<Store> = () => {
    const [quien, at] = [{ ...nuevo(), rol: 'admin' } as const, moment()]
    return operation(
      'usuarios.crearPrimerAdmin',
      (store) => store.usuarios.crearPrimerAdmin(quien, at),
      {
        learn: (hecho) => hecho === 'creado' && usuarios.set(quien.id, quien),
      },
    )
  }
  const editar: Maker<Store> = () => {
    const todos = {
      nombre: text(3),
      telefono: of(null, '098 7'),
      cedula: cedula(),
      rol: rol(),
      activo: !once(3),
      emailConfirmado: true as const,
    }
    const cambios = Object.fromEntries(Object.entries(todos).filter(() => once(3)))
    const cual = usuario()
    const sesionId = once(3) ? recent(sesiones.all)?.id : undefined
    const actor = once(2)
      ? ({ id: usuario(), como: 'admin' } as const)
      : ({ id: cual, como: 'propio', ...(sesionId === undefined ? {} : { sesionId }) } as const)
    const edicion = { id: cual, actor, cambios, direccion: direccion(), admite, now: moment() }
    return operation('usuarios.editar', (store) => store.usuarios.editar(edicion))
  }
  const rehacerHash: Maker<Store> = () => {
    const cambio = { id: usuario(), anterior: hash(), nuevo: hash() }
    return operation('usuarios.rehacerHash', (store) => store.usuarios.rehacerHash(cambio))
  }
  const cambiarPassword: Maker<Store> = () => {
    const salvoSesion = once(2) ? recent(sesiones.all)?.id : undefined
    const pedido = { id: usuario(), anterior: hash(), nuevo: hash(), salvoSesion }
    const cambio = { ...pedido, direccion: direccion(), now: moment() }
    return operation('usuarios.cambiarPassword', (store) => store.usuarios.cambiarPassword(cambio))
  }
  const abrir: Maker<Store> = () => {
    const [token, usuarioId] = [id(), alguien()]
    const sesion = {
      id: id(),
      usuarioId,
      tokenHash: sha256(token),
      dispositivo: of(undefined, text(2)),
    }
    const [suyo, at] = [hash(), moment()]
    const nueva = { ...sesion, direccion: direccion() }
    return operation('sesiones.abrir', (store) => store.sesiones.abrir(nueva, suyo, at), {
      learn(abierta) {
        if (!abierta) return
        tokens.add(token)
        sesiones.add(sesion, sesion.id)
      },
    })
  }
  const renovar: Maker<Store> = () => {
    const renovacion = {
      token: recent(tokens.all) ?? '',
      semilla: id(),
      direccion: direccion(),
      now: moment(),
    }
    return operation('sesiones.renovar', (store) => store.sesiones.renovar(renovacion), {
      learn(renovada) {
        if (renovada.tipo === 'renovada') tokens.add(renovada.refreshToken)
      },
    })
  }
  const cerrarPorToken: Maker<Store> = () => {
    const [token, de, at] = [sha256(recent(tokens.all) ?? ''), direccion(), moment()]
    return operation('sesiones.cerrarPorToken', (store) =>
      store.sesiones.cerrarPorToken(token, de, at),
    )
  }
  const cerrar: Maker<Store> = () => {
    const sesion = recent(sesiones.all) ?? { id: id(), usuarioId: id() }
    const cierre = { ...sesion, ...(once(4) ? { usuarioId: usuario() } : {}) }
    const pedido = {
      id: cierre.id,
      usuarioId: cierre.usuarioId,
      direccion: direccion(),
      now: moment(),
    }
    return operation('sesiones.cerrar', (store) => store.sesiones.cerrar(pedido))
  }
  const llaves = () =>
    many(1 + below(3), (at) => ({
      clave: `llave ${at} ${below(6)}`,
      politica: politicas[of('cuenta-red', 'correo-cuenta', 'servicio')],
    }))
  const intentar: Maker<Store> = () => {
    const [con, at] = [llaves(), moment()]
    return operation('frenos.intentar', (store) => store.frenos.intentar(con, at))
  }
  const perdonar: Maker<Store> = () => {
    const perdon = { olvidar: once(2) ? llaves() : [], restar: once(2) ? llaves() : [] }
    return operation('frenos.perdonar', (store) => store.frenos.perdonar(perdon))
  }
  const anotar: Maker<Store> = () => {
    const [cual, at] = [recent(correos.all) ?? id(), moment()]
    const resultado = of(
      { tipo: 'enviado' } as const,
      { tipo: 'pendiente', proximoEn: at + below(dayMs), fallo: 'E"' } as const,
      { tipo: 'abandonado', fallo: '550' } as const,
    )
    return operation('correos.anotar', (store) => store.correos.anotar(cual, resultado, at))
  }
  const pedir: Maker<Store> = () => {
    const con = confirmar(alguien(), 'confirmar')
    return operation('confirmaciones.pedir', (store) => store.confirmaciones.pedir(con))
  }
  const poner: Maker<Store> = () => {
    const con = { ...confirmar(alguien(), 'restablecer'), direccion: direccion() }
    return operation('restablecimientos.poner', (store) => store.restablecimientos.poner(con))
  }
  const usarConfirmacion: Maker<Store> = () => {
    const uso = { hash: recent(hashes) ?? '', direccion: direccion(), now: moment() }
    return operation('confirmaciones.usar', (store) => store.confirmaciones.usar(uso))
  }
  const usarRestablecimiento: Maker<Store> = () => {
    const uso = { hash: recent(hashes) ?? '', direccion: direccion(), now: moment() }
    const con = { ...uso, passwordHash: hash() }
    return operation('restablecimientos.usar', (store) => store.restablecimientos.usar(con))
  }
  const apuntar: Maker<Store> = () => {
    const quien = { actorId: usuario(), sujetoId: of(undefined, usuario()), direccion: direccion() }
    const apunte = {
      en: moment(),
      accion: of('login', 'login-fallido'),
      ...quien,
      detalle: text(2),
    } as const
    return operation('auditoria.apuntar', (store) => store.auditoria.apuntar(apunte))
  }
  const registrar: Maker<Store> = () => {
    const [scopes, at] = [of([], ['pedidos:completar'] as const), moment()]
    const suya = { id: cuenta(), scopes }
    return operation('cuentas.registrar', (store) => store.cuentas.registrar(suya, at))
  }
  const ponerSecreto: Maker<Store> = () => {
    const at = moment()
    const secreto = {
      cuentaId: cuenta(),
      hash: `s${below(30)}`,
      now: at,
      solapeHasta: at + below(dayMs),
    }
    const con = { ...secreto, soloPrimero: once(5) }
    return operation('cuentas.ponerSecreto', (store) => store.cuentas.ponerSecreto(con))
  }
  const revocarAnteriores: Maker<Store> = () => {
    const [suya, at] = [cuenta(), moment()]
    return operation('cuentas.revocarAnteriores', (store) =>
      store.cuentas.revocarAnteriores(suya, at),
    )
  }
  const admin = () => from([...usuarios.values()].filter((uno) => uno.rol === 'admin'))?.id
  const cambio = () => ({
    actorId: admin() ?? usuario(),
    direccion: direccion(),
    admite,
    now: moment(),
  })
  const editarTienda: Maker<Store> = () => {
    const cambios: CambiosCara = of<CambiosCara>(
      { nombre: text(2) },
      { contacto: { email: 'a@x.com' }, colores: { fondo: '#ffffff' } },
      { categoriasDestacadas: [text(1)], portada: { titulo: text(2) } },
    )
    const por = cambio()
    return operation('tienda.editar', (store) => store.tienda.editar(por, cambios))
  }
  const ponerImagen: Maker<Store> = () => {
    const [por, una] = [cambio(), dibujo(uso())]
    return operation('tienda.ponerImagen', (store) => store.tienda.ponerImagen(por, una))
  }
  const quitarImagen: Maker<Store> = () => {
    const [por, de] = [cambio(), uso()]
    return operation('tienda.quitarImagen', (store) => store.tienda.quitarImagen(por, de))
  }

  return {
    tick: people.tick,
    writes: [
      ...often(4, abrir),
      ...often(3, crear, editar, renovar),
      ...often(2, intentar, anotar, ponerSecreto),
      ...often(1, crearPrimerAdmin, rehacerHash, cambiarPassword, cerrarPorToken, cerrar, perdonar),
      ...often(2, crearPor, invitar),
      ...often(1, pedir, poner, usarConfirmacion, usarRestablecimiento, apuntar, registrar),
      ...often(2, ...libreta.writes),
      ...often(1, revocarAnteriores, editarTienda, ponerImagen, quitarImagen),
    ],
    reads: [...readsOf(chance, people), ...libreta.reads],
    alone: [
      una('correos.siguiente', (store, at) => store.correos.siguiente(at)),
      una('correos.purgar', (store, at) => store.correos.purgar(at)),
      una('sesiones.purgar', (store, at) => store.sesiones.purgar(at)),
      una('frenos.purgar', (store, at) => store.frenos.purgar(at)),
      una('confirmaciones.purgar', (store, at) => store.confirmaciones.purgar(at)),
      una('restablecimientos.purgar', (store, at) => store.restablecimientos.purgar(at)),
      () => {
        const solo = once(4) ? ({ soloPendiente: true } as const) : {}
        const por = { actorId: admin() ?? usuario(), direccion: direccion(), ...solo }
        const borrado = { id: usuario(), ...por }
        const at = moment()
        return operation('usuarios.borrar', (store: Store) =>
          store.usuarios.borrar({ ...borrado, now: at }),
        )
      },
    ],
  }
}
