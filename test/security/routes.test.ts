import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type NombreRegla, permite, reglas } from '@encargo/service-kit/identity/access'
import { scopes } from '@encargo/service-kit/identity/tokens'
import { serviceNames } from '@encargo/service-kit/run/config'
import {
  type Caller,
  codigoOf,
  createCallers,
  type Services,
  startMs,
  startServices,
} from './fixture.ts'
import { type Operacion, operationsOf } from './openapi.ts'

let services: Services
let operations: Operacion[]
let callers: Caller[]
beforeAll(async () => {
  services = await startServices()
  operations = await operationsOf(services)
  callers = await createCallers(services)
}, startMs)
afterAll(() => services.stop(), startMs)

const isRule = (name: string | undefined): name is NombreRegla =>
  name !== undefined && Object.hasOwn(reglas, name)

/** Ids that name nothing, and no body: whoever is let through is told so, and changes nothing. */
async function knock({ service, method, path }: Operacion, headers: Record<string, string>) {
  const target = path.replaceAll(/\{[^}]+\}/g, () => Bun.randomUUIDv7())
  const answer = await services.send(service, target, { method, headers })
  // An event stream has no end; of the others, only what refuses needs to be read.
  if (answer.status < 400) await answer.body?.cancel()
  return answer.status < 400 ? String(answer.status) : `${answer.status} ${await codigoOf(answer)}`
}

type Row = readonly [operation: string, caller: string, answer: string]

/** What each caller was answered where it should have been answered something else. */
async function wrongRows(
  asked: readonly Operacion[],
  who: readonly { name: string; headers: Record<string, string> }[],
  right: (operation: Operacion, name: string, answer: string) => boolean,
): Promise<Row[]> {
  const wrong: Row[] = []
  for (const operation of asked) {
    for (const { name, headers } of who) {
      const answer = await knock(operation, headers)
      const label = `${operation.service} ${operation.method} ${operation.path}`
      if (!right(operation, name, answer)) wrong.push([label, name, answer])
    }
  }
  return wrong
}

const nobody = [{ name: 'nobody', headers: {} }]
const garbage = [
  'Bearer x',
  'Bearer a.b.c',
  'Bearer ',
  'Basic YTpi',
  'bearer',
  `Bearer ${'é'}`,
].map((authorization) => ({ name: authorization, headers: { authorization } }))
const guardRefused = (answer: string) => /no-autenticado|prohibido/.test(answer)

describe('who may call what', () => {
  test('every operation of the services names a line of the one table, or is open to all', () => {
    const undeclared = operations.filter(({ acceso }) => acceso !== 'publico' && !isRule(acceso))
    expect(undeclared).toEqual([])
    expect(new Set(operations.map(({ service }) => service))).toEqual(new Set(serviceNames))
    expect(operations.length).toBeGreaterThan(40)
  })

  test('every line of the table is used by some route', () => {
    const used = new Set(operations.map(({ acceso }) => acceso))
    expect(Object.keys(reglas).filter((name) => !used.has(name))).toEqual([])
  })

  test('nobody gets through where a rule stands, and everybody where none does', async () => {
    const wrong = await wrongRows(operations, nobody, ({ acceso }, _, answer) =>
      acceso === 'publico' ? !guardRefused(answer) : answer === '401 no-autenticado',
    )
    expect(wrong).toEqual([])
  })

  test('a token that is none gets through nowhere where somebody would be asked for', async () => {
    const guarded = operations.filter(({ acceso }) => acceso !== 'publico')
    const wrong = await wrongRows(
      guarded,
      garbage,
      (_, __, answer) => answer === '401 no-autenticado',
    )
    expect(wrong).toEqual([])
  })

  test('each role and each scope gets through exactly where the table says so', async () => {
    const byName = new Map(callers.map((caller) => [caller.name, caller.identidad]))
    expect(byName.size).toBe(4 + scopes.length)
    const wrong = await wrongRows(operations, callers, ({ acceso }, name, answer) => {
      const identidad = byName.get(name)
      if (!identidad) throw new Error(name)
      if (acceso === 'publico') return !guardRefused(answer)
      if (!isRule(acceso)) return false
      return permite(reglas[acceso], identidad) ? !guardRefused(answer) : answer === '403 prohibido'
    })
    expect(wrong).toEqual([])
  })
})
