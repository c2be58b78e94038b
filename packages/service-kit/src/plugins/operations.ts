import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'

export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** How a peer is doing as seen from here. */
export interface PeerStatus {
  readonly circuito: string
  readonly reintentaEnMs: number
}

export interface HealthSources {
  /** The service's own database: without it nothing works, so `/readyz` answers 503. */
  readonly storage: () => Check
  /** Peers that are away only degrade what needs them, so they are told but do not fail the check. */
  readonly peers?: () => Record<string, PeerStatus>
  /** Work that waits for a peer or a retry, in the service's own terms. */
  readonly pending?: () => Record<string, unknown>
  /** True while the process is draining. */
  readonly stopping?: () => boolean
}

const Ready = Type.Object({
  estado: Type.Union([Type.Literal('listo'), Type.Literal('no-listo')]),
  almacenamiento: Type.Object({ ok: Type.Boolean(), motivo: Type.Optional(Type.String()) }),
  servicios: Type.Record(
    Type.String(),
    Type.Object({ circuito: Type.String(), reintentaEnMs: Type.Integer() }),
  ),
  pendiente: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

const Alive = Type.Object({ estado: Type.Literal('vivo') })

const shown = { tags: ['operaciones'], 'x-acceso': 'publico' }

/**
 * `/livez`: the process answers. `/readyz`: it can do its work; 503 while its database can't be
 * used or it is stopping.
 *
 * @example app.use(operations({ storage: () => storage.health() }))
 */
export const operations = (sources: HealthSources) =>
  new Elysia({ name: 'encargo/operations', seed: crypto.randomUUID() })
    .get('/livez', () => ({ estado: 'vivo' as const }), {
      response: { 200: Alive },
      detail: { ...shown, summary: 'El proceso responde' },
    })
    .get(
      '/readyz',
      () => {
        const storage = sources.storage()
        const ready = storage.ok && !sources.stopping?.()
        const pendiente = sources.pending?.()
        const body = {
          estado: ready ? ('listo' as const) : ('no-listo' as const),
          almacenamiento: storage.ok ? { ok: true } : { ok: false, motivo: storage.reason },
          servicios: sources.peers?.() ?? {},
          ...(pendiente ? { pendiente } : {}),
        }
        return ready ? body : status(503, body)
      },
      {
        response: { 200: Ready, 503: Ready },
        detail: { ...shown, summary: 'Puede trabajar: base de datos, pares y circuitos' },
      },
    )
