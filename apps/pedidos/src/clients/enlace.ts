import type { InventarioApp } from '@encargo/inventario'
import type { Outcome } from '@encargo/service-kit/peer/account'
import { unforeseen } from '@encargo/service-kit/peer/answers'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import type { CallContext } from '@encargo/service-kit/peer/call-context'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { Type } from '@sinclair/typebox'
import type { Instalacion } from '../ports/peers.ts'
import { client, conToken } from './peer.ts'

const esEnlace = shape(Type.Object({ instalacion: Type.String() }))

/** What inventario says to a pedidos whose orders its stock is not promised to. */
const esAjena = shape(
  Type.Object({ codigo: Type.Literal('instalacion-distinta'), detail: Type.String() }),
)

/**
 * Calls of inventario in the name of this installation. Before the first of a process it asks once
 * whether inventario's stock is promised to the orders of this database at all; from then on each call
 * says whose it is, and inventario refuses it should one of the two have been exchanged.
 */
export class Enlace {
  readonly #link: PeerLink
  readonly #token: ServiceToken
  readonly #instalacion: Instalacion
  #comprobado = false

  constructor(link: PeerLink, token: ServiceToken, instalacion: Instalacion) {
    this.#link = link
    this.#token = token
    this.#instalacion = instalacion
  }

  /** @throws PeerMisfitError when inventario is for another installation; nothing was done then */
  async llamar<T extends Outcome>(
    call: CallContext,
    trabajo: (headers: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    if (!this.#comprobado) await this.#comprobar(call)
    const answer = await conToken(this.#link, this.#token, call, (headers) =>
      trabajo({ ...headers, 'encargo-instalacion': this.#instalacion.id }),
    )
    if (!answer.ok) this.#mirar(answer)
    return answer
  }

  async #comprobar(call: CallContext): Promise<void> {
    const { instalacion } = client<InventarioApp>(this.#link)
    const { id, testigos } = this.#instalacion
    const body = { instalacion: id, testigos: await testigos() }
    const answer = await conToken(this.#link, this.#token, call, (headers) =>
      ask('inventario', instalacion.put(body, { headers }), esEnlace),
    )
    if (!answer.ok) {
      this.#mirar(answer)
      throw unforeseen('inventario', answer.error.status)
    }
    this.#link.fit.settle('instalacion')
    this.#comprobado = true
  }

  #mirar({ error }: Outcome): void {
    if (!esAjena(error?.value)) return
    this.#comprobado = false
    throw this.#link.fit.refuse('instalacion', error.value.detail)
  }
}
