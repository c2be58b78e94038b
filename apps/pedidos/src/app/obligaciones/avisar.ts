import { sendMs } from '@encargo/service-kit/mail/message'
import { PutOffError, type Obligation, noData } from '@encargo/service-kit/obligations/obligation'
import { PeerUnavailableError } from '@encargo/service-kit/peer/peer'
import type { Aviso } from '../../domain/aviso.ts'
import type { Cartas } from '../cartas.ts'
import type { Deps } from '../deps.ts'

/** How long a server that can't be talked to is left alone at least, in milliseconds. */
const sinServidorMs = 5_000

/** About so many a second: in a rush mails come later, so that those who still buy don't wait for them. */
const perRound = 64

interface Envio {
  readonly cartas: Cartas
  /** Breaks off what is under way when the process stops; it stays owed. */
  readonly parada: AbortSignal
}

/**
 * Sends a mail that is owed. What came of it is written after it was handed over, so a process that dies
 * in between sends the same message once more; a server that refuses it for good ends it, and any other
 * failure has it tried again for as long as it takes.
 */
export const avisar = ({ store, correo, clock, logger }: Deps, { cartas, parada }: Envio) =>
  ({
    tipo: 'avisar',
    datos: noData,
    peer: 'smtp',
    perRound,
    async attempt(deuda) {
      const guardada = await store.materiaDeAviso(Number(deuda.clave))
      if (guardada?.aviso.estado !== 'por-enviar') {
        await store.cerrar(deuda)
        return 'done'
      }
      const { aviso } = guardada
      const anotar = (estado: Aviso['estado'], fallo: string | null) =>
        store.anotarAviso({ id: aviso.id, estado, fallo, ahora: clock.epochMs() }, deuda)
      const redactado = await cartas.redactar(guardada).catch((error: unknown) => {
        // Who says how it is paid is away, which is none of the mail server's business.
        if (error instanceof PeerUnavailableError) throw new PutOffError(error.message)
        throw error
      })
      if (redactado.tipo === 'sobra') {
        await anotar('omitido', redactado.por)
        return 'done'
      }
      const signal = AbortSignal.any([parada, AbortSignal.timeout(sendMs)])
      const envio = await correo.enviar(redactado.mensaje, signal)
      const dicho = { id: aviso.id, tipo: aviso.tipo, intentos: aviso.intentos + 1 }
      switch (envio.tipo) {
        case 'enviado':
          await anotar('enviado', null)
          return 'done'
        case 'rechazado':
          logger.error('a mail was refused for good', { ...dicho, fallo: envio.codigo })
          await anotar('fallido', envio.codigo)
          return 'done'
        case 'aplazado':
          logger.warn('a mail was not taken; it is tried again', { ...dicho, fallo: envio.codigo })
          await anotar('por-enviar', envio.codigo)
          throw new PutOffError(envio.codigo)
        case 'sin-servidor':
          throw new PeerUnavailableError('smtp', sinServidorMs, new Error(envio.codigo))
      }
    },
  }) satisfies Obligation<typeof noData>
