import { noData, type Obligation, PutOffError } from '@encargo/service-kit/obligations/obligation'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { Type } from '@sinclair/typebox'
import type { Autoria } from '../domain/auditoria.ts'
import * as deberes from '../domain/deberes.ts'
import { desconocidoMs } from '../domain/plazo.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Novedad } from '../ports/cobros.ts'
import { type Proveedor, ProveedorRechaza } from '../ports/proveedor.ts'
import type { Verdad } from '../domain/verdad.ts'
import { contarEnseguida } from './contar.ts'
import { cuando, type Deps, soloSuya, verdadDe } from './deps.ts'

// What is owed at one provider. Each asks and writes what it was told, which may be done twice.

const novedad = (
  deps: Deps,
  proveedor: Proveedor,
  cobroId: string,
  visto: Verdad,
  call: CallContext,
): Novedad => ({
  cobroId,
  proveedor: proveedor.id,
  visto,
  consultable: proveedor.puede.consultar,
  ...cuando(deps, call),
})

/** Closes a charge there, if it is still open; answers what it has become. @throws PeerUnavailableError */
export async function cerrarCobro(
  deps: Deps,
  cobro: CobroEntero,
  call: CallContext,
  por?: Autoria,
): Promise<CobroEntero> {
  const { store, proveedores } = deps
  const { id, referencia } = cobro
  if (cobro.estado === 'creado') {
    const causa = 'anulado'
    return await store.desistir({ cobroId: id, causa, contar: true, por, ...cuando(deps, call) })
  }
  const proveedor = proveedores.get(cobro.proveedor)
  if (referencia === null || !proveedor) throw new PeerUnavailableError(cobro.proveedor, 1_000)
  const visto = await verdadDe(proveedor, () => proveedor.cerrar(referencia, call))
  return (await store.conciliar({ ...novedad(deps, proveedor, id, visto, call), por })) ?? cobro
}

/** Asks what has become of a charge. @throws PeerUnavailableError */
export async function consultarCobro(
  deps: Deps,
  cobro: CobroEntero,
  call: CallContext,
): Promise<CobroEntero> {
  const { store, proveedores } = deps
  const { id, referencia } = cobro
  const proveedor = proveedores.get(cobro.proveedor)
  if (referencia === null || !proveedor?.puede.consultar) return cobro
  const visto = (await preguntar(proveedor, referencia, call)) ?? sinNovedad(cobro)
  return (await store.conciliar(novedad(deps, proveedor, id, visto, call))) ?? cobro
}

/** What is known already, of a charge that its provider knows no more. */
const sinNovedad = ({ estado, causa, moneda, id }: CobroEntero): Verdad => ({
  estado: estado === 'creado' ? 'abierto' : estado,
  causa: causa ?? undefined,
  moneda,
  cobroId: id,
  expiraEn: undefined,
  movimientos: [],
  reembolsos: [],
  disputa: undefined,
  ultimoRechazo: undefined,
})

const cerrar = (deps: Deps, { id: peer }: Proveedor) =>
  ({
    tipo: deberes.cerrar(peer),
    peer,
    datos: noData,
    async attempt(deuda, { call }) {
      const cobro = await deps.store.cobro(deuda.clave)
      // One that is closed may hold money all the same, which is to be let go of.
      const abierto = cobro?.referencia && cobro.estado !== 'cobrado'
      const quedo = abierto ? await cerrarCobro(deps, cobro, call) : undefined
      // What can't be closed ends by itself, and whoever wants it closed asks again.
      if (quedo && esperaDinero(quedo)) {
        deps.logger.info('a charge could not be closed', { cobro: quedo.id, estado: quedo.estado })
      }
      await deps.store.cerrar(deuda)
      return 'done'
    },
  }) satisfies Obligation<typeof noData>

const consultar = (deps: Deps, proveedor: Proveedor) =>
  ({
    tipo: deberes.consultar(proveedor.id),
    peer: proveedor.id,
    datos: noData,
    async attempt({ clave }, { call }) {
      const cobro = await deps.store.cobro(clave)
      if (cobro) contarEnseguida(deps, await consultarCobro(deps, cobro, call))
      return 'done'
    },
  }) satisfies Obligation<typeof noData>

const datosCaptura = Type.Object({ cobroId: Type.String(), importe: Type.Integer({ minimum: 1 }) })

const capturar = (deps: Deps, proveedor: Proveedor) =>
  ({
    tipo: deberes.capturar(proveedor.id),
    peer: proveedor.id,
    datos: datosCaptura,
    async attempt(deuda, { call }) {
      const { store, logger } = deps
      const { clave } = deuda
      const { cobroId, importe } = deuda.datos
      const cobro = await store.cobro(cobroId)
      if (cobro?.estado !== 'autorizado' || cobro.referencia === null) {
        await store.cerrar(deuda)
        return 'done'
      }
      const { referencia, moneda } = cobro
      const peticion = { referencia, importe, moneda, clave }
      const visto = await verdadDe(proveedor, () =>
        proveedor.capturar(peticion, call).catch((error: unknown) => {
          if (!(error instanceof ProveedorRechaza)) throw error
          logger.warn('a provider would not take what it holds', {
            cobro: cobroId,
            codigo: error.codigo,
          })
          return proveedor.consultar(referencia, call)
        }),
      )
      await store.conciliar({ ...novedad(deps, proveedor, cobroId, visto, call), deuda })
      return 'done'
    },
  }) satisfies Obligation<typeof datosCaptura>

const reembolsar = (deps: Deps, proveedor: Proveedor) =>
  ({
    tipo: deberes.reembolsar(proveedor.id),
    peer: proveedor.id,
    datos: noData,
    async attempt(deuda, { call }) {
      const { store } = deps
      const { clave } = deuda
      const reembolso = await store.reembolso(clave)
      const cobro = reembolso && (await store.cobro(reembolso.cobroId))
      if (!cobro || reembolso.estado !== 'por-enviar') {
        await store.cerrar(deuda)
        return 'done'
      }
      if (cobro.referencia === null)
        throw new PutOffError('nobody knows a charge by its name there')
      const { importe, desde } = reembolso
      const { id, referencia, moneda } = cobro
      try {
        const peticion = { referencia, importe, moneda, clave, desde }
        const dicho = await verdadDe(proveedor, () => proveedor.reembolsar(peticion, call))
        const visto = conReembolso(dicho, clave, importe)
        await store.conciliar({ ...novedad(deps, proveedor, id, visto, call), deuda })
        return 'done'
      } catch (error) {
        if (!(error instanceof ProveedorRechaza)) throw error
        const causa = error.codigo
        await store.rechazado({ id: clave, causa, deuda, ...cuando(deps, call) })
        const quedo = await store.reembolso(clave)
        if (quedo?.estado !== 'por-enviar') return 'done'
        throw new PutOffError(`a refund is refused: ${causa}`, { cause: error })
      }
    },
  }) satisfies Obligation<typeof noData>

/** It was taken, also where a provider does not tell of it yet. */
function conReembolso(visto: Verdad, clave: string, importe: number): Verdad {
  if (visto.reembolsos.some((uno) => uno.clave === clave)) return visto
  const enviado = { referencia: clave, clave, importe, estado: 'enviado' } as const
  return { ...visto, reembolsos: [...visto.reembolsos, enviado] }
}

const datosAviso = Type.Object({ referencia: Type.String(), recibidoEn: Type.Integer() })

const aviso = (deps: Deps, proveedor: Proveedor) =>
  ({
    tipo: deberes.aviso(proveedor.id),
    peer: proveedor.id,
    datos: datosAviso,
    async attempt({ clave: eventoId, datos }, { call }) {
      const { store, clock } = deps
      const { referencia, recibidoEn } = datos
      const aviso = { eventoId, referencia }
      const cobro = await enterarse(deps, proveedor, { referencia, aviso }, call)
      if (cobro) {
        contarEnseguida(deps, cobro)
        return 'done'
      }
      // It may be ahead of our own write.
      if (clock.epochMs() - recibidoEn < desconocidoMs) {
        throw new PutOffError('a notice is of no charge that is known here')
      }
      await store.ajeno(proveedor.id, eventoId)
      return 'done'
    },
  }) satisfies Obligation<typeof datosAviso>

/**
 * Asks about whatever a provider named, and writes what is said of the charge that it is of. Undefined where
 * that is none of ours. @throws PeerUnavailableError
 */
export async function enterarse(
  deps: Deps,
  proveedor: Proveedor,
  { referencia, aviso }: { readonly referencia: string } & Pick<Novedad, 'aviso'>,
  call: CallContext,
): Promise<CobroEntero | undefined> {
  const { store } = deps
  const visto = await preguntar(proveedor, referencia, call)
  if (!visto) return undefined
  const cobroId = visto.cobroId ?? (await store.porReferencia(proveedor.id, referencia))?.id
  if (cobroId === undefined) return undefined
  return await store.conciliar({
    ...novedad(deps, proveedor, cobroId, visto, call),
    referencia,
    aviso,
  })
}

/** Undefined where it knows of nothing under that name. */
async function preguntar(proveedor: Proveedor, referencia: string, call: CallContext) {
  try {
    return await verdadDe(proveedor, () => proveedor.consultar(referencia, call))
  } catch (error) {
    if (error instanceof ProveedorRechaza) return undefined
    throw error
  }
}

/** What is done at one provider, what money waits for first. */
export const deProveedor = (deps: Deps, proveedor: Proveedor): readonly Obligation[] =>
  [aviso, cerrar, capturar, reembolsar, consultar].map((una): Obligation => {
    const suya: Obligation = una(deps, proveedor)
    return { ...suya, attempt: (deuda, attempt) => soloSuya(suya.attempt(deuda, attempt)) }
  })
