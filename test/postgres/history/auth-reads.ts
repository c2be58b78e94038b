import { claveDeEmail } from '../../../apps/auth/src/domain/identidades.ts'
import type { AuthStore } from '../../../apps/auth/src/ports/store.ts'
import type { People } from './auth-people.ts'
import type { Chance } from './chance.ts'
import { type Maker, often, operation } from './operation.ts'

type Store = AuthStore

/** All that can be asked of auth without a change. */
export function readsOf(
  { below, of, once, many, text }: Chance,
  people: People,
): readonly Maker<Store>[] {
  const { hashes, correos, moment, recent, usuario, limite, email, rol, una, cuenta, uso, dibujo } =
    people
  const listar: Maker<Store> = () => {
    const filtro = {
      ...(once(2) ? { q: text(2).slice(0, 1 + below(9)) } : {}),
      ...(once(4) ? { cedula: `17${below(90)}` } : {}),
      ...(once(4) ? { rol: rol() } : {}),
      ...(once(4) ? { activo: once(2) } : {}),
      ...(once(3) ? { antesDe: usuario() } : {}),
      limite: limite(),
    }
    return operation('usuarios.listar', (store) => store.usuarios.listar(filtro))
  }
  const listarCorreos: Maker<Store> = () => {
    const estado = of('pendiente', 'enviado', 'abandonado')
    const filtro = { ...(once(2) ? { estado } : {}), limite: limite() }
    return operation('correos.listar', (store) => store.correos.listar(filtro), {
      learn: (vistos) => vistos.forEach((uno) => correos.add(uno.id)),
    })
  }
  const listarAuditoria: Maker<Store> = () => {
    const filtro = {
      ...(once(3) ? { accion: of('login', 'registro', 'tienda-editada') } : {}),
      ...(once(3) ? { actorId: usuario() } : {}),
      ...(once(3) ? { sujetoId: usuario() } : {}),
      ...(once(3) ? { antesDe: below(900) } : {}),
      limite: limite(),
    }
    return operation('auditoria.listar', (store) => store.auditoria.listar(filtro))
  }
  const con =
    <A, T>(
      name: string,
      make: () => A,
      ask: (store: Store, given: A) => Promise<T>,
    ): Maker<Store> =>
    () => {
      const given = make()
      return operation(name, (store) => ask(store, given))
    }
  const varios = () => many(1 + below(5), usuario)

  return [
    ...often(4, listar),
    ...often(2, listarCorreos, listarAuditoria),
    con('usuarios.porId', usuario, (store, uno) => store.usuarios.porId(uno)),
    con('usuarios.porIds', varios, (store, unos) => store.usuarios.porIds(unos)),
    con('usuarios.estados', varios, (store, unos) => store.usuarios.estados(unos)),
    con('usuarios.credencialPorId', usuario, (store, uno) => store.usuarios.credencialPorId(uno)),
    con('usuarios.credencialPorEmail', email, (store, uno) =>
      store.usuarios.credencialPorEmail(claveDeEmail(uno)),
    ),
    con('sesiones.direccionesDe', email, (store, uno) =>
      store.sesiones.direccionesDe(claveDeEmail(uno)),
    ),
    con(
      'restablecimientos.titular',
      () => [recent(hashes) ?? '', moment()] as const,
      (store, [uno, at]) => store.restablecimientos.titular(uno, at),
    ),
    con(
      'cuentas.porSecreto',
      () => [cuenta(), `s${below(30)}`, moment()] as const,
      (store, [uno, de, at]) => store.cuentas.porSecreto(uno, de, at),
    ),
    con(
      'sesiones.abiertas',
      () => [usuario(), moment()] as const,
      (store, [uno, at]) => store.sesiones.abiertas(uno, at),
    ),
    con(
      'auditoria.eliminados',
      () => ({ despuesDe: below(400), limite: limite() }),
      (store, rango) => store.auditoria.eliminados(rango),
    ),
    con(
      'tienda.imagen',
      () => dibujo(uso()),
      (store, de) => store.tienda.imagen(de.uso, de.huella),
    ),
    con('cuentas.existe', cuenta, (store, uno) => store.cuentas.existe(uno)),
    una('auditoria.cambiados', (store, at) =>
      store.auditoria.cambiados({ desde: at - 3_600_000, invitadosDesde: at - 9_000_000 }),
    ),
    una('cuentas.listar', (store, at) => store.cuentas.listar(at)),
    una('usuarios.hayAdmin', (store) => store.usuarios.hayAdmin()),
    una('correos.proximoEn', (store) => store.correos.proximoEn()),
    una('correos.resumen', (store) => store.correos.resumen()),
    una('tienda.leer', (store) => store.tienda.leer()),
  ]
}
