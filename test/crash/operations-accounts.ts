import { expect } from 'bun:test'
import { admin } from '../system/harness.ts'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { operation, type Prepared } from './operation.ts'
import { type Answered, insist } from './shop.ts'

interface Who {
  readonly email: string
  readonly password: string
}

const newWho = async (): Promise<Who> => ({
  email: `caida-${Bun.randomUUIDv7()}@correo.example`,
  password: `frase larga ${Bun.randomUUIDv7()}`,
})

async function register({ clients }: Lane, who: Who): Promise<Answered | null> {
  const answer = await clients.auth.register.post({ ...who, nombre: 'Persona de Prueba' })
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

async function login({ clients }: Lane, who: Who): Promise<Answered | null> {
  const answer = await clients.auth.login.post(who)
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

const registering = operation<Who, Answered | null>({
  title: 'registering',
  passes: { 'auth.escribir': 1 },
  prepare: newWho,
  run: register,
  async finish(lane, who) {
    expect([201, 409]).toContain((await insist(() => register(lane, who))).status)
    expect(lane.count('auth', 'usuarios', 'email', who.email)).toBe(1)
    expect((await insist(() => login(lane, who))).status).toBe(200)
  },
})

interface Open {
  readonly who: Who
  readonly refresh: string
}

async function renew({ clients }: Lane, { refresh }: Open): Promise<Answered | null> {
  const body = { grant_type: 'refresh_token', refresh_token: refresh } as const
  const answer = await clients.auth.token.post(body)
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

/** A refresh token works once, also when nobody got the answer: whoever repeats it logs in again. */
const renewing = operation<Open, Answered | null>({
  title: 'renewing a session',
  passes: { 'auth.escribir': 1 },
  prepare: async ({ clients }) => ({
    who: admin,
    refresh: must(await clients.auth.login.post(admin)).refresh_token,
  }),
  run: renew,
  async finish(lane, open, _, kill) {
    const written = kill?.point !== 'auth.escribir.antes'
    expect((await insist(() => renew(lane, open))).status).toBe(written ? 401 : 200)
    expect((await insist(() => login(lane, open.who))).status).toBe(200)
  },
})

export const authOperations: readonly Prepared[] = [registering, renewing]
