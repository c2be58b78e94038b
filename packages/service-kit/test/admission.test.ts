import { describe, expect, test } from 'bun:test'
import { Admission } from '../src/http/edge/admission.ts'

const request = (path = '/pedidos', headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, { headers })

/** A handler whose answers come when the test lets them. */
function held() {
  const waiting: (() => void)[] = []
  const handle = () =>
    new Promise<Response>((resolve) => {
      waiting.push(() => resolve(new Response('ok')))
    })
  return { handle, waiting }
}

describe('admission', () => {
  test('refuses at once with 503 and Retry-After what comes beyond its bound', async () => {
    const { handle, waiting } = held()
    const admission = new Admission({ maxConcurrent: 2 })
    const guarded = admission.guard(handle)
    const accepted = [guarded(request()), guarded(request())]
    const refused = await guarded(request())
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({
      codigo: 'servicio-no-disponible',
      instance: '/pedidos',
    })
    for (const release of waiting) release()
    expect((await Promise.all(accepted)).map((one) => one.status)).toEqual([200, 200])
    const places = admission.guard(() => new Response('ok'))
    expect((await places(request())).status).toBe(200)
  })

  test('gives the place back when a handler throws', async () => {
    const admission = new Admission({ maxConcurrent: 1 })
    const guarded = admission.guard(() => {
      throw new Error('boom')
    })
    await expect(Promise.resolve(guarded(request()))).rejects.toThrow('boom')
    const next = await admission.guard(() => new Response('ok'))(request())
    expect(next.status).toBe(200)
  })

  test('still answers health checks when it is full', async () => {
    const { handle } = held()
    const admission = new Admission({ maxConcurrent: 1 })
    void admission.guard(handle)(request())
    const answer = await admission.guard(() => new Response('alive'))(request('/livez'))
    expect(answer.status).toBe(200)
  })

  test('refuses a request whose caller has no time left', async () => {
    const admission = new Admission({ maxConcurrent: 1 })
    const guarded = admission.guard(() => new Response('late'))
    expect((await guarded(request('/pedidos', { 'x-deadline-ms': '0' }))).status).toBe(503)
  })
})
