import { imagenDe } from '../../../apps/auth/src/domain/imagen-tienda.ts'
import { sha256 } from '../../../apps/auth/src/domain/secretos.ts'
import type { NuevoUsuario } from '../../../apps/auth/src/domain/usuario.ts'
import type { AuthStore } from '../../../apps/auth/src/ports/store.ts'
import { type Chance, Known } from './chance.ts'
import { type Maker, operation } from './operation.ts'

export const dayMs = 24 * 3_600_000

/** Who there is by now, what they have in their hands, and what they say. */
export function peopleOf({ below, of, once, id, from, late, text }: Chance) {
  const usuarios = new Map<string, NuevoUsuario>()
  const sesiones = new Known<{ readonly id: string; readonly usuarioId: string }>()
  const tokens = new Known<string>()
  const correos = new Known<string>()
  const hashes: string[] = ['nadie']
  let ahora = 400 * dayMs
  const moment = () => ahora + of(0, 0, 0, 1, -3, 12)
  const recent = <T>(ones: readonly T[]) => late(ones, 20)
  const usuario = () => (once(20) ? id() : (from([...usuarios.keys()]) ?? id()))
  /** One that there is: what belongs to nobody is refused by the tables. */
  const alguien = () => from([...usuarios.keys()]) ?? id()
  const direccion = () => of(undefined, '203.0.113.9', '2001:db8::7', '198.51.100.77')
  const limite = () => of(1, 3, 30)
  const hash = () => of('hash', 'hash', 'otro')
  const email = () => `${of('Ana', 'luis', 'Ñandú', 'ß')}${below(20)}@${of('x.com', 'X.com')}`
  const cedula = () => of(null, `17${below(90)}`, `17${below(90)}-${below(9)}`)
  const rol = () => of('cliente', 'cliente', 'operador', 'admin')
  const una =
    <T>(name: string, ask: (store: AuthStore, at: number) => Promise<T>): Maker<AuthStore> =>
    () => {
      const at = moment()
      return operation(name, (store) => ask(store, at))
    }

  /**
   * Whose address or number may be somebody's, not both: which of two is told is looked up after the
   * write, when others of its moment may have changed it.
   */
  function nuevo(): NuevoUsuario {
    const conCedula = once(2)
    return {
      id: id(),
      email: conCedula ? `${id()}@x.com` : email(),
      nombre: text(3),
      cedula: conCedula ? `17${below(25)}` : null,
      telefono: of(null, '099 123'),
      rol: rol(),
      emailConfirmadoEn: of(null, ahora),
      passwordHash: hash(),
    }
  }
  /** One who buys without an account, or whom staff enter: without a password, or even an address. */
  function sinPassword(): NuevoUsuario {
    const quien = { ...nuevo(), passwordHash: null }
    if (once(2)) return { ...quien, rol: 'cliente', cedula: null, email: email(), invitado: true }
    return once(2) ? { ...quien, rol: 'cliente', email: null } : quien
  }
  function confirmar(usuarioId: string, tipo: 'confirmar' | 'restablecer' | 'invitar') {
    const [creadoEn, de] = [moment(), id()]
    const secreto = sha256(de)
    hashes.push(secreto)
    const caducaEn = creadoEn + of(60_000, dayMs, 3 * dayMs)
    return { hash: secreto, correo: { id: de, tipo, usuarioId, token: de, creadoEn, caducaEn } }
  }
  const cuenta = () => of('pagos', 'pedidos')
  const uso = () => of('logo', 'icono', 'portada')
  const dibujo = (de: ReturnType<typeof uso>) =>
    imagenDe(de, 'image/svg+xml', Buffer.from(`<svg>${below(4)}`), { ancho: 8, alto: null })

  return {
    tick: () => void (ahora += of(1, 50, 900, 60_000, -40, once(20) ? 5 * dayMs : 400_000)),
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
    limite,
    hash,
    email,
    cedula,
    rol,
    una,
    nuevo,
    sinPassword,
    confirmar,
    cuenta,
    uso,
    dibujo,
  }
}
export type People = ReturnType<typeof peopleOf>
