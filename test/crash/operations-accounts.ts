import { expect } from 'bun:test'
import { admin } from '../system/harness.ts'
import { must } from '../system/walk.ts'
import type { Lane } from './lane.ts'
import { operation, type Prepared } from './operation.ts'
import { type Answered, insist } from './shop.ts'

export interface Who {
  readonly email: string
  readonly password: string
}

export const newWho = async (): Promise<Who> => ({
  email: `caida-${Bun.randomUUIDv7()}@correo.example`,
  password: `frase larga ${Bun.randomUUIDv7()}`,
})

export async function register({ clients }: Lane, who: Who): Promise<Answered | null> {
  const answer = await clients.auth.register.post({ ...who, nombre: 'Persona de Prueba' })
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

async function login({ clients }: Lane, who: Who): Promise<Answered | null> {
  const answer = await clients.auth.login.post(who)
  return answer.response === undefined ? null : { status: answer.status, id: null }
}

const registering = operation<Who, Answered | null>({
  title: 'registering',
  passes: { 'auth.usuarios.crear': 1 },
  prepare: newWho,
  run: register,
  async finish(lane, who) {
    expect([201, 409]).toContain((await insist(() => register(lane, who))).status)
    expect(await lane.count('auth', 'usuarios', 'email', who.email)).toBe(1)
    expect((await insist(() => login(lane, who))).status).toBe(200)
  },
})

/** The mail that a registration owes is sent, once for all that its receiver can tell. */
const mailing = operation<Who, Answered | null>({
  title: 'sending a mail',
  passes: { 'auth.usuarios.crear': 'elsewhere', 'auth.enviar': 1, 'auth.correos.anotar': 'many' },
  prepare: newWho,
  run: register,
  async finish(lane, who) {
    const { access_token } = must(await lane.clients.auth.login.post(who))
    const headers = { authorization: `Bearer ${access_token}` }
    const { id } = must(await lane.clients.auth.me.get({ headers }))
    const sent = () => lane.count('auth', 'correos', "estado || ' ' || usuario_id", `enviado ${id}`)
    await lane.eventually('the mail is sent', async () => (await sent()) === 1)
    expect(await lane.count('auth', 'correos', 'usuario_id', id)).toBe(1)
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

/** A refresh token whose answer nobody got gives the same successor again. */
const renewing = operation<Open, Answered | null>({
  title: 'renewing a session',
  passes: { 'auth.sesiones.renovar': 1 },
  prepare: async ({ clients }) => ({
    who: admin,
    refresh: must(await clients.auth.login.post(admin)).refresh_token,
  }),
  run: renew,
  async finish(lane, open) {
    expect((await insist(() => renew(lane, open))).status).toBe(200)
    expect((await insist(() => login(lane, open.who))).status).toBe(200)
  },
})

export const authOperations: readonly Prepared[] = [registering, mailing, renewing]
