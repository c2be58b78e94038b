import type { Averia } from '../probar-proveedor/banco.ts'
import { averiada } from '../probar-proveedor/averias.ts'
import type { Mischief } from './fake-stripe.ts'

/** Answers when it has waited. */
export const late =
  (wait: () => Promise<void>): Mischief =>
  async (_request, perform) => {
    await wait()
    return await perform()
  }

/** Does what it is asked, and of its answer hardly anything arrives. */
export const lost: Mischief = async (_request, perform) => {
  await perform()
  return new Response('{', { headers: { 'content-type': 'application/json' } })
}

/** In one of the troubles that every provider is tried in. */
export const amiss =
  (averia: Averia): Mischief =>
  (request, perform) =>
    averiada(averia, request, perform)

export interface Moods {
  /** In [0, 1). */
  readonly random: () => number
  /** How many of all calls end badly, from 0 to 1. */
  readonly share: number
  readonly wait: () => Promise<void>
}

/** By chance, each call for itself: late, lost, too busy, failing, a page, or sent elsewhere. */
export function moody({ random, share, wait }: Moods): Mischief {
  const troubles = ['ocupado', 'falla', 'html', 'redirige', 'trunca'] as const
  const moods = [late(wait), lost, lost, ...troubles.map(amiss)]
  return async (request, perform) => {
    const mood = random() < share ? moods[Math.floor(random() * moods.length)] : undefined
    return mood ? await mood(request, perform) : await perform()
  }
}
