import type { Answer } from './ask.ts'
import type { ServiceProblem } from './contract.ts'
import type { Fetch } from './environment.ts'
import { problemOf, thrown } from './problems.ts'

/** What `Client.request` answers: a response of 2xx whose body nobody read yet, or why there is none. */
export type RequestAnswer = Answer<Response, ServiceProblem>

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

/** `fetch` with refusals as problems. Never rejects; a body that breaks off later does. */
export async function request(
  fetch: Fetch,
  url: string,
  init: RequestInit | undefined,
): Promise<RequestAnswer> {
  try {
    const response = await fetch(url, init)
    const { ok, status, headers } = response
    if (ok) return { ok, data: response, status, headers }
    return { ok, problem: problemOf(status, await jsonOf(response)), headers }
  } catch (error) {
    return { ok: false, problem: thrown(error), headers: new Headers() }
  }
}
