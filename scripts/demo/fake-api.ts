import type { CompraDemo, Creacion, DemoApi, PedidoVisto, Sesion } from './api.ts'
import type { CuentaDemo } from './cuentas.ts'
import type { ProductoDemo } from './catalogo.ts'

interface Usuario {
  readonly id: string
  readonly password: string
  rol: string
  emailConfirmado: boolean
}
interface Existencia {
  disponible: number
  fisico: number
}
interface Pedido extends PedidoVisto {
  readonly clienteId: string
  readonly lineas: CompraDemo['lineas']
  estado: string
  motivo: string | null
}

/** Thrown when the test has planned a crash. */
export class Crash extends Error {}

/**
 * The four services in memory, as far as the seed can tell: unique e-mails and SKUs, roles that
 * travel in the token, stock that is reserved, final states. Idempotency keys are not replayed on
 * purpose: the seed must not depend on them, as a service forgets them after 24 hours.
 */
export class FakeShop implements DemoApi {
  readonly usuarios = new Map<string, Usuario>()
  readonly productos = new Map<string, { id: string; archivado: boolean; precio: number }>()
  readonly existencias = new Map<string, Existencia>()
  readonly pedidos: Pedido[] = []
  readonly claves: string[] = []
  readonly calls = new Map<keyof DemoApi, number>()
  total = 0
  running = 0
  maxRunning = 0
  /** The call with this number fails, `before` or `after` its effect, and so do all later ones. */
  crash: { readonly call: number; readonly when: 'before' | 'after' } | null = null

  registrar = (cuenta: CuentaDemo) =>
    this.#call('registrar', () => {
      if (this.usuarios.has(cuenta.email)) return 'existente'
      const { password } = cuenta
      const nuevo = { id: this.#id(), password, rol: 'cliente', emailConfirmado: false }
      this.usuarios.set(cuenta.email, nuevo)
      return 'creado'
    })

  iniciarSesion = ({ email, password }: CuentaDemo) =>
    this.#call('iniciarSesion', () => {
      const usuario = this.usuarios.get(email)
      if (!usuario || usuario.password !== password) return null
      const { id, rol, emailConfirmado } = usuario
      return { token: `${email} ${rol}`, usuarioId: id, rol, emailConfirmado }
    })

  hacerOperador = (usuarioId: string) =>
    this.#call('hacerOperador', () => {
      for (const usuario of this.usuarios.values()) {
        if (usuario.id === usuarioId) usuario.rol = 'operador'
      }
    })

  confirmarEmail = (usuarioId: string) =>
    this.#call('confirmarEmail', () => {
      for (const usuario of this.usuarios.values()) {
        if (usuario.id === usuarioId) usuario.emailConfirmado = true
      }
    })

  productosPorSku = () =>
    this.#call('productosPorSku', () => {
      const activos = [...this.productos].filter(([, { archivado }]) => !archivado)
      return new Map(activos.map(([sku, { id }]) => [sku, id]))
    })

  crearProducto = (sesion: Sesion, { sku, precio }: ProductoDemo) =>
    this.#call('crearProducto', (): Creacion => {
      this.#staffOnly(sesion)
      if (this.productos.has(sku)) return { rechazo: 'sku-en-uso' }
      const id = this.#id()
      this.productos.set(sku, { id, archivado: false, precio })
      return { id }
    })

  existenciasDe = (sesion: Sesion, productoIds: readonly string[]) =>
    this.#call('existenciasDe', () => {
      this.#staffOnly(sesion)
      return new Set(productoIds.filter((id) => this.existencias.has(id)))
    })

  crearExistencia = (sesion: Sesion, nueva: { productoId: string; cantidad: number }) =>
    this.#call('crearExistencia', () => {
      this.#staffOnly(sesion)
      if (this.existencias.has(nueva.productoId)) return 'existente'
      const { cantidad } = nueva
      this.existencias.set(nueva.productoId, { disponible: cantidad, fisico: cantidad })
      return 'creado'
    })

  pedidosDe: DemoApi['pedidosDe'] = (sesion, clienteId) =>
    this.#call('pedidosDe', () => {
      this.#staffOnly(sesion)
      const suyos = this.pedidos.filter((pedido) => pedido.clienteId === clienteId)
      return suyos.map(({ id, estado, notas }) => ({ id, estado, notas }))
    })

  comprar = (sesion: Sesion, { idempotencyKey, lineas, notas }: CompraDemo) =>
    this.#call('comprar', (): Creacion => {
      this.claves.push(idempotencyKey)
      const niveles = lineas.map(({ productoId, cantidad }) => ({
        nivel: this.existencias.get(productoId),
        cantidad,
      }))
      if (niveles.some(({ nivel, cantidad }) => !nivel || nivel.disponible < cantidad)) {
        return { rechazo: 'stock-insuficiente' }
      }
      for (const { nivel, cantidad } of niveles) if (nivel) nivel.disponible -= cantidad
      const id = this.#id()
      const clienteId = sesion.usuarioId
      this.pedidos.push({ id, clienteId, lineas, notas, estado: 'Pendiente', motivo: null })
      return { id }
    })

  completar = (sesion: Sesion, pedidoId: string) =>
    this.#call('completar', () => {
      this.#staffOnly(sesion)
      return this.#terminar(pedidoId, 'Completado', null, 'fisico')
    })

  cancelar = (sesion: Sesion, pedidoId: string, motivo: string) =>
    this.#call('cancelar', () => {
      const propio = this.pedidos.some((p) => p.id === pedidoId && p.clienteId === sesion.usuarioId)
      if (!propio) this.#staffOnly(sesion)
      return this.#terminar(pedidoId, 'Cancelado', motivo, 'disponible')
    })

  #terminar(
    pedidoId: string,
    estado: string,
    motivo: string | null,
    campo: keyof Existencia,
  ): boolean {
    const pedido = this.pedidos.find(({ id }) => id === pedidoId)
    if (!pedido) throw new Error(`no order ${pedidoId}`)
    if (pedido.estado !== 'Pendiente') return pedido.estado === estado
    pedido.estado = estado
    pedido.motivo = motivo
    for (const { productoId, cantidad } of pedido.lineas) {
      const nivel = this.existencias.get(productoId)
      if (nivel) nivel[campo] += campo === 'fisico' ? -cantidad : cantidad
    }
    return true
  }

  #staffOnly({ token }: Sesion): void {
    if (!/ (operador|admin)$/.test(token)) throw new Error(`403 for ${token}`)
  }

  #id(): string {
    return crypto.randomUUID()
  }

  /** Counts, crashes as planned, and lets other calls run in between. */
  async #call<T>(name: keyof DemoApi, effect: () => T): Promise<T> {
    const number = this.total++
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1)
    this.running++
    this.maxRunning = Math.max(this.maxRunning, this.running)
    try {
      await Promise.resolve()
      const { crash } = this
      if (crash && (number > crash.call || (number === crash.call && crash.when === 'before'))) {
        throw new Crash(`${name} crashed before its effect`)
      }
      const result = effect()
      if (crash && number === crash.call) throw new Crash(`${name} crashed after its effect`)
      return result
    } finally {
      this.running--
    }
  }
}
