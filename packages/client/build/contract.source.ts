import type * as contract from '../src/contract.ts'
import type { Refusal, Reply } from './reply.ts'

// Compiled to declarations by build.ts: what a consumer outside the workspace sees of the services'
// types, written out, so that nothing of the services has to be installed there.

type Codigo = contract.ServiceProblem['codigo']
type Plain = string | number | boolean | bigint | symbol | null | undefined | void

/** What every platform has, and is written down by name: responses, files. */
interface Named {
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * A client written out. Eden's clients are functions, objects and both at once. Inferring once takes
 * the names of types off, so that the declarations say what is in them.
 */
type Out<T> = T extends (...parameters: infer A) => infer R
  ? ((...parameters: Parameters<A>) => Result<R>) & Members<T>
  : T extends object
    ? Members<T>
    : T

/** Without what is Eden's own, and the pages that are for people. */
type Hidden = '~path' | 'throwHttpError' | 'openapi' | 'metrics'
type Shown<K> = string extends K ? never : K extends Hidden ? never : K
type Members<T> = T extends infer O ? { [K in keyof O as Shown<K>]: Out<O[K]> } : never

/** What is sent or answered, written out: whatever its members are called, and those of any name. */
type Data<T> = unknown extends T
  ? T
  : [T] extends [{ readonly codigo: infer C extends Codigo }]
    ? Refusal<C>
    : T extends Plain | Named
      ? T
      : T extends AsyncGenerator<infer B>
        ? AsyncGenerator<Data<B>, void, unknown>
        : Items<T>
/** Members, of arrays as well. */
type Items<T> = T extends infer O ? { [K in keyof O]: Data<O[K]> } : never

/** A body is data; beside it stands how it is to be sent. */
type Parameters<A> = A extends infer O ? { [K in keyof O]: Parameter<O[K]> } : never
type Parameter<T> = T extends { fetch?: unknown } ? Options<T> : Data<T>
type Options<T> = T extends infer O
  ? { [K in keyof O as Shown<K>]: K extends 'fetch' ? RequestInit : Option<K, O[K]> }
  : never
/** Where a route takes no query, none is to be given. */
type Option<K, V> = K extends 'query' ? { [N in keyof V as Shown<N>]: Data<V[N]> } : Data<V>

type Result<R> =
  R extends Promise<infer V> ? Promise<Reply<DataOf<V>, CodesOf<V>, RestOf<V>>> : Out<R>
type DataOf<V> = V extends { error: null; data: infer D } ? Data<D> : never
type ErrorOf<V> = V extends { error: infer E extends { status: number; value: unknown } }
  ? E
  : never
type CodesOf<V> =
  ErrorOf<V> extends infer E ? (E extends { value: { codigo: infer C } } ? C : never) : never
/** Answers that are no refusals, such as `/readyz` in trouble, by status. */
type RestOf<V> =
  Exclude<ErrorOf<V>, { value: { codigo: unknown } }> extends infer E
    ? {
        [S in E extends { status: infer N extends number } ? N : never]: E extends {
          status: S
          value: infer W
        }
          ? Data<W>
          : never
      }
    : never

const written = <T>() => null as unknown as Out<T>
export const authClient = written<contract.AuthClient>()
export const productosClient = written<contract.ProductosClient>()
export const inventarioClient = written<contract.InventarioClient>()
export const pedidosClient = written<contract.PedidosClient>()
export const pagosClient = written<contract.PagosClient>()

type Body<P> = P extends { codigo: string } ? Items<P> : never
const table = <T>() => null as unknown as T extends infer O ? { [K in keyof O]: O[K] } : never
export const retryableByCode = table<contract.RetryableByCode>()
const problems = <P>() => null as unknown as { [C in Codigo]: Body<Extract<P, { codigo: C }>> }
export const problemByCode = problems<contract.ServiceProblem>()
