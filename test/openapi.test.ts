import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { codigoOf, type Services, startMs, startServices } from './security/fixture.ts'
import { admin } from './system/harness.ts'

interface Described {
  readonly content?: Record<string, object>
}
interface Document {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: Described; responses: Record<string, Described> }>
  >
}

let services: Services
beforeAll(async () => {
  services = await startServices()
}, startMs)
afterAll(() => services.stop(), startMs)

const documentOf = async (service: ServiceName) =>
  await (await services.send(service, '/openapi/json')).text()

/**
 * The rules of the linter that most use, as errors all of them. Probes and metrics refuse nothing:
 * they have no 4xx.
 */
async function faultsOf(source: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: { 'operation-4xx-response': 'off' },
  })
  const problems = await lintFromString({ source, config, absoluteRef: '/openapi.json' })
  return problems.map(({ ruleId, message, location }) => {
    const place = location[0]
    return `${ruleId}: ${message} ${place && 'pointer' in place ? place.pointer : ''}`
  })
}

interface Body {
  readonly where: string
  readonly media: object
}

/** Every JSON body that a document describes: of requests, and of good answers. */
function bodiesOf(source: string): Body[] {
  const { paths }: Document = JSON.parse(source)
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody, responses }]) =>
      [['body', requestBody] as const, ...Object.entries(responses)].flatMap(([name, one]) => {
        const media = one?.content?.['application/json']
        return media ? [{ where: `${method} ${path} ${name}`, media }] : []
      }),
    ),
  )
}

describe('the OpenAPI document', () => {
  for (const service of serviceNames) {
    test(`of ${service} is a valid one, its examples included`, async () => {
      expect(await faultsOf(await documentOf(service))).toEqual([])
    })

    test(`of ${service} has an example of every JSON body`, async () => {
      const without = bodiesOf(await documentOf(service)).filter(
        ({ media }) => !('example' in media),
      )
      expect(without.map(({ where }) => where)).toEqual([])
    })
  }

  test('of pedidos has examples that more than their schema takes: of an order that is not there, of products', async () => {
    const login = await services.post('auth', '/login', admin)
    const { access_token: token } = (await login.json()) as { readonly access_token: string }
    const bodies = bodiesOf(await documentOf('pedidos'))
    const send = async (method: 'POST' | 'PATCH', path: string) => {
      const where = `${method.toLowerCase()} ${path} body`
      const example = bodies.find((one) => one.where === where)?.media
      if (!example || !('example' in example)) throw new Error(`${where} has no example`)
      const answer = await services.send('pedidos', path.replace('{id}', crypto.randomUUID()), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'ejemplo',
        },
        body: JSON.stringify(example.example),
      })
      return await codigoOf(answer)
    }
    expect(await send('PATCH', '/pedidos/{id}')).toBe('no-encontrado')
    expect(await send('POST', '/pedidos')).toBe('producto-inexistente')
  })

  test('is refused by the linter when it has a fault, so that the tests above can fail', async () => {
    const broken = (await documentOf('auth')).replace('"openapi":', '"error":1,"openapi":')
    expect(await faultsOf(broken)).toEqual([expect.stringContaining('struct: ')])
  })
})
