import { expect, test } from 'bun:test'
import { fakeStripe } from './command.ts'

test('the command says what a shop has to be told, and listens until it is stopped', async () => {
  const lines: string[] = []
  let status = 0
  const until = async () => {
    const [, url = ''] = lines[0]?.split('=') ?? []
    const [, key = ''] = lines[1]?.split('=') ?? []
    const asked = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${key}` } })
    status = asked.status
  }
  const print = (line: string) => void lines.push(line)
  expect(await fakeStripe(['--port', '0'], { print, until })).toBe(0)
  expect(status).toBe(200)
  expect(lines.map((line) => line.split('=')[0])).toEqual([
    'STRIPE_API_URL',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
  ])
  // As the shop's settings want them.
  expect(lines[1]).toMatch(/=sk_test_\S{8,500}$/)
  expect(lines[2]).toMatch(/=whsec_\S{8,500}$/)
})

const never = () => Promise.reject(new Error('it listened'))

test.each([[['--port', 'x']], [['--notices', 'nowhere']], [['--what']]])(
  'the command does not make sense of %p',
  async (args) => {
    expect(await fakeStripe(args, { print: () => undefined, until: never })).toBe(1)
  },
)
