import type { AuthStore } from '../../apps/auth/src/ports/store.ts'
import type {
  Catalogo as CatalogoDeInventario,
  InventarioStore,
} from '../../apps/inventario/src/ports.ts'
import type { Catalogo, Clientes, Reservas } from '../../apps/pedidos/src/ports/peers.ts'
import type { PedidosStore } from '../../apps/pedidos/src/ports/store.ts'
import type { PagosStore } from '../../apps/pagos/src/ports/store.ts'
import type { ProductosStore } from '../../apps/productos/src/ports.ts'

/** The ports that each service is put together of; those of auth are in its store. */
interface Ports {
  readonly auth: AuthStore
  readonly productos: { readonly store: ProductosStore }
  readonly inventario: {
    readonly store: InventarioStore
    readonly catalogo: CatalogoDeInventario
  }
  readonly pedidos: {
    readonly store: PedidosStore
    readonly clientes: Clientes
    readonly catalogo: Catalogo
    readonly reservas: Reservas
  }
  readonly pagos: { readonly store: PagosStore }
}

type Method<Port> = {
  [Name in keyof Port & string]: Port[Name] extends (...args: never[]) => unknown ? Name : never
}[keyof Port & string]

/** What of each port leaves nothing behind; all else that it can do is a step. */
export const harmless = {
  auth: {
    auditoria: ['listar', 'eliminados', 'cambiados'],
    correos: ['siguiente', 'proximoEn', 'resumen', 'listar'],
    confirmaciones: [],
    restablecimientos: ['titular'],
    frenos: [],
    usuarios: [
      'hayAdmin',
      'porId',
      'porIds',
      'estados',
      'credencialPorEmail',
      'credencialPorId',
      'listar',
    ],
    sesiones: ['abiertas', 'direccionesDe'],
    cuentas: ['existe', 'listar', 'porSecreto'],
    libreta: ['direcciones', 'facturaciones'],
    tienda: ['leer', 'imagen'],
  },
  productos: {
    store: [
      'porId',
      'porIds',
      'porSkus',
      'articulos',
      'impuestos',
      'historialImpuestos',
      'auditoria',
      'buscar',
      'categorias',
      'precios',
      'recorrer',
      'imagen',
      'simular',
    ],
  },
  inventario: {
    store: [
      'deGuardia',
      'existencia',
      'existencias',
      'resumen',
      'ultimosMovimientos',
      'disponibles',
      'movimientos',
      'auditoria',
      'reserva',
      'reservasActivas',
      'reservasDe',
      'simular',
      'instalacion',
      'ultimoMomento',
    ],
    // Asked in the place of `porIds`, for a file that names its products otherwise.
    catalogo: ['porSkus'],
  },
  pedidos: {
    store: [
      'idDeClave',
      'deGuardia',
      'porId',
      'listar',
      'historia',
      'hechos',
      'dinero',
      'notas',
      'resumen',
      'antecedentes',
      'usado',
      'vuelta',
      'materiaDeAviso',
      'avisosDe',
      'listarAvisos',
      'ajustes',
      'existenciasAvisadas',
      'excede',
      'destinos',
      'reservasDe',
      'ultimoCambio',
      'marca',
      'borradosSinAnotar',
      'debidas',
      'espera',
      'ofrecido',
      'metodosEnvio',
      'auditoria',
      'cupones',
      'cupon',
      'pedidoDeCobro',
      'reembolso',
      'saldos',
    ],
    clientes: ['hallar', 'zona', 'cara'],
    // Both are asked beside others, and leave nothing.
    catalogo: ['gravamenes', 'hayClase'],
    reservas: ['consultar', 'disponibles', 'bajas'],
  },
  pagos: {
    store: [
      'deGuardia',
      'cobro',
      'deClave',
      'porReferencia',
      'reembolso',
      'aviso',
      'cobrosDe',
      'cobros',
      'reembolsos',
      'avisos',
      'eventos',
      'ajenos',
      'debidas',
      'espera',
      'marca',
      'ultimoMomento',
      'metodos',
      'auditoria',
    ],
  },
} as const satisfies {
  readonly [S in keyof Ports]: { readonly [P in keyof Ports[S]]: readonly Method<Ports[S][P]>[] }
}

type Harmless = typeof harmless
type StepsOfPort<S extends keyof Ports, P extends keyof Ports[S] & keyof Harmless[S]> = Exclude<
  Method<Ports[S][P]>,
  Harmless[S][P] extends readonly (infer Name)[] ? Name : never
>
type StepsOf<S extends keyof Ports> = {
  [P in keyof Ports[S] & keyof Harmless[S] & string]: `${S}.${P}.${StepsOfPort<S, P>}`
}[keyof Ports[S] & keyof Harmless[S] & string]

/** Calls to peers that belong to no port, by their path. */
export const calls = {
  '/.well-known/jwks.json': 'servicio.claves',
  '/token': 'pedidos.token',
} as const

/** Every durable write and every call between services. */
export type CrashStep =
  | { [S in keyof Ports]: StepsOf<S> }[keyof Ports]
  | (typeof calls)[keyof typeof calls]
  | 'pedidos.seguidores.alDia'
  | 'auth.openKeyRing'
  | 'auth.serviceSecrets'
  | 'auth.enviar'
  | 'pedidos.enviar'

/** Where a process can be made to die. */
export type CrashPoint = `${CrashStep}.${'antes' | 'despues'}`

/**
 * Of money, for which hours must pass: pedidos is killed before and after these, and between any of them,
 * within one process and in a time of its own (`scripts/chaos/simulation`), and not each by a real process.
 */
export const simulated: readonly CrashStep[] = [
  'pedidos.store.anotarCobro',
  'pedidos.store.proponerAsegurar',
  'pedidos.store.forzar',
  'pedidos.store.seguirCobrado',
  'pedidos.store.terminarCobrado',
  'pedidos.store.abonar',
  'pedidos.store.anotarReembolso',
  'pedidos.reservas.reapartar',
]

/** Each is one transaction, as those are at which auth and productos are killed, which stand for them. */
export const alike: readonly CrashStep[] = [
  'auth.usuarios.crearPor',
  'auth.usuarios.crearPrimerAdmin',
  'auth.usuarios.editar',
  'auth.usuarios.borrar',
  'auth.usuarios.rehacerHash',
  'auth.usuarios.cambiarPassword',
  'auth.sesiones.abrir',
  'auth.sesiones.cerrarPorToken',
  'auth.sesiones.cerrar',
  'auth.sesiones.purgar',
  'auth.frenos.intentar',
  'auth.frenos.perdonar',
  'auth.frenos.purgar',
  'auth.correos.purgar',
  'auth.confirmaciones.pedir',
  'auth.confirmaciones.usar',
  'auth.confirmaciones.purgar',
  'auth.restablecimientos.poner',
  'auth.restablecimientos.invitar',
  'auth.restablecimientos.usar',
  'auth.restablecimientos.purgar',
  'auth.auditoria.apuntar',
  'auth.cuentas.registrar',
  'auth.cuentas.ponerSecreto',
  'auth.cuentas.revocarAnteriores',
  'auth.libreta.anadir',
  'auth.libreta.cambiar',
  'auth.libreta.quitar',
  'auth.libreta.ponerFacturaciones',
  'auth.tienda.editar',
  'auth.tienda.ponerImagen',
  'auth.tienda.quitarImagen',
  'pedidos.store.crearMetodo',
  'pedidos.store.editarMetodo',
  'pedidos.store.crearCupon',
  'pedidos.store.editarCupon',
  'productos.store.ponerImagen',
  'pedidos.store.preparar',
  'pedidos.store.anotar',
  'pedidos.store.revocarEnlaces',
  'pedidos.store.conservar',
  'pedidos.store.ponerAjustes',
  'pedidos.store.repetirAviso',
  'pedidos.store.avisarPorVencer',
  'pedidos.store.avisarBajas',
  'productos.store.ponerImpuesto',
  'pagos.store.ponerMetodo',
  // Their process is killed in its own tests (apps/pagos/test/caidas.test.ts), at each of its calls as well.
  'pagos.store.crear',
  'pagos.store.abrir',
  'pagos.store.desistir',
  'pagos.store.conciliar',
  'pagos.store.capturar',
  'pagos.store.contado',
  'pagos.store.sinPedido',
  'pagos.store.pedir',
  'pagos.store.rechazado',
  'pagos.store.cerrarReembolso',
  'pagos.store.guardar',
  'pagos.store.ajeno',
  'pagos.store.resolverAjeno',
  'pagos.store.reintentar',
  'pagos.store.tomar',
  'pagos.store.aplazar',
  'pagos.store.cerrar',
  'pagos.store.marcar',
  'pagos.store.olvidarClaves',
]
