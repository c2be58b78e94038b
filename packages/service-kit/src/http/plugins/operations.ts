import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'

export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a peer is doing as seen from here. */
export interface PeerStatus {
  readonly circuito: string
  readonly reintentaEnMs: number
  /** What is wrong between it and this service that no waiting mends. */
  readonly impedimentos?: string[]
}

export interface HealthSources {
  /** The service's own database: without it nothing works, so `/readyz` answers 503. */
  readonly storage: () => Check
  /**
   * Peers that are away only degrade what needs them, so they are told but do not fail the check. One
   * that does not fit does: a setting is wrong, and only a person puts that right.
   */
  readonly peers?: () => Record<string, PeerStatus>
  /** Work that waits for a peer or a retry, in the service's own terms. */
  readonly pending?: () => Record<string, unknown> | Promise<Record<string, unknown>>
  /** True while the process is draining. */
  readonly stopping?: () => boolean
  /** What peers compare with what they expect to find where this service is. */
  readonly identity: Identity
}

/** Which service this is, and in which currency it keeps amounts, if it does. */
export interface Identity {
  readonly servicio: string
  readonly moneda?: string
}

const Alive = Type.Object({
  estado: Type.Literal('vivo'),
  servicio: Type.String({ description: 'Cuál de los servicios responde aquí' }),
  moneda: Type.Optional(Type.String({ description: 'Código ISO 4217 de sus importes' })),
})

const Ready = Type.Object({
  estado: Type.Union([Type.Literal('listo'), Type.Literal('no-listo')]),
  almacenamiento: Type.Object({ ok: Type.Boolean(), motivo: Type.Optional(Type.String()) }),
  servicios: Type.Record(
    Type.String(),
    Type.Object({
      circuito: Type.String(),
      reintentaEnMs: Type.Integer(),
      impedimentos: Type.Optional(
        Type.Array(Type.String(), {
          description: 'Lo que hay que corregir en la configuración; mientras tanto, 503',
        }),
      ),
    }),
  ),
  // Elysia infers nothing at all of an optional record unless it is told.
  pendiente: Type.Optional(
    Type.Unsafe<Record<string, unknown>>(Type.Record(Type.String(), Type.Unknown())),
  ),
})

const shown = { tags: ['operaciones'], 'x-acceso': 'publico' }

/**
 * `/livez`: the process answers, and which service it is. `/readyz`: it can do its work; 503 while its
 * database can't be used, a peer is not the right one, or it is stopping.
 *
 * @example app.use(operations({ storage: () => storage.health() }))
 */
export const operations = (sources: HealthSources) =>
  new Elysia({ name: 'encargo/operations', seed: crypto.randomUUID() })
    .get('/livez', () => ({ estado: 'vivo' as const, ...sources.identity }), {
      response: { 200: Alive },
      detail: { ...shown, summary: 'El proceso responde, y qué servicio es' },
    })
    .get(
      '/readyz',
      async () => {
        const storage = sources.storage()
        const peers = sources.peers?.() ?? {}
        const fits = Object.values(peers).every(({ impedimentos }) => impedimentos === undefined)
        const ready = storage.ok && fits && !sources.stopping?.()
        const pendiente = await sources.pending?.()
        const body = {
          estado: ready ? ('listo' as const) : ('no-listo' as const),
          almacenamiento: storage.ok ? { ok: true } : { ok: false, motivo: storage.reason },
          servicios: peers,
          ...(pendiente ? { pendiente } : {}),
        }
        return ready ? body : status(503, body)
      },
      {
        response: { 200: Ready, 503: Ready },
        detail: { ...shown, summary: 'Puede trabajar: base de datos, pares y circuitos' },
      },
    )
