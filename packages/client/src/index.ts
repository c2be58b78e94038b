export { type Answer, ask, type EdenAnswer, unwrap } from './ask.ts'
export { type Client, type ClientOptions, type ClientSettings, createClient } from './client.ts'
export type {
  AuthClient,
  InventarioClient,
  PagosClient,
  PedidosClient,
  ProductosClient,
  ServiceProblem,
} from './contract.ts'
export type {
  Cobro,
  CompraProblem,
  Cotizacion,
  Credenciales,
  DireccionGuardada,
  EventoPedido,
  Facturacion,
  Invitado,
  InvitadoProblem,
  LoginProblem,
  MetodoEnvio,
  MetodoPago,
  NuevoPedido,
  Pedido,
  PedidoSeguido,
  PorCotizar,
} from './derived.ts'
export {
  type Channel,
  type Environment,
  type Fetch,
  type KeyStorage,
  type LockOptions,
  type Locks,
  newKey,
  type Timer,
  type Visibility,
} from './environment.ts'
export type { FollowOptions } from './events.ts'
export type { EventoSeguido, FollowState } from './line.ts'
export type { Addresses, ServiceName, Where } from './origins.ts'
export {
  type AnyProblem,
  type Cancelada,
  type Desconocido,
  isRetryable,
  type LocalProblem,
  type Problem,
  ProblemError,
  type SinConexion,
} from './problems.ts'
export type { Compra, CompraAnswer, CompraOptions } from './purchase.ts'
export type { RequestAnswer } from './request.ts'
export type { SessionState } from './session.ts'
export {
  type CookieTokens,
  cookieTokens,
  memoryTokens,
  type RefreshTokens,
  storedTokens,
  type TokenStore,
} from './tokens.ts'
