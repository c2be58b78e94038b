import { type Answer, ask } from './ask.ts'
import type { AuthClient } from './contract.ts'
import type { Invitado, InvitadoProblem } from './derived.ts'
import type { Environment, KeyStorage } from './environment.ts'
import { canonical, Remembered } from './remembered.ts'

/** Of its life, this much a pass is taken for a new attempt: the rest is for trying that one again. */
const usedShare = 0.5

interface GuestDeps extends Pick<Environment, 'epochMs'> {
  readonly auth: AuthClient
  readonly storage: KeyStorage
}

/** The tokens of those who buy without an account: each is good for its purchases, and is not renewed. */
export class GuestPasses {
  readonly #deps: GuestDeps
  readonly #memory: Remembered
  #held: { readonly who: string; readonly token: string; readonly goodUntil: number } | undefined

  constructor(deps: GuestDeps) {
    this.#deps = deps
    this.#memory = new Remembered(deps.storage, 'encargo:invitado')
    const { who, token, goodUntil } = this.#memory.read()
    if (who && token) this.#held = { who, token, goodUntil: Number(goodUntil) }
  }

  /** A token with which `invitado` buys, the one of before as long as it lasts. */
  async of(invitado: Invitado): Promise<Answer<string, InvitadoProblem>> {
    const { auth, epochMs } = this.#deps
    const who = canonical(invitado)
    const held = this.#held
    if (held?.who === who && epochMs() < held.goodUntil) {
      return { ok: true, data: held.token, status: 200, headers: new Headers() }
    }
    const answer = await ask(auth.invitados.post(invitado))
    if (!answer.ok) return answer
    const { access_token: token, expires_in: seconds } = answer.data
    const goodUntil = epochMs() + seconds * 1000 * usedShare
    this.#held = { who, token, goodUntil }
    this.#memory.write({ who, token, goodUntil: String(goodUntil) })
    return { ...answer, data: token }
  }

  /** It was refused: the next one is another. */
  forget(): void {
    this.#held = undefined
    this.#memory.forget()
  }
}
