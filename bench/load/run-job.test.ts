import { expect, test } from 'bun:test'
import { runJob } from './run-job.ts'

/** Sells to everybody, and knows by whose port who came. */
function openShop() {
  const ports = new Set<number>()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request, self) {
      ports.add(self.requestIP(request)?.port ?? 0)
      return Response.json({}, { status: 201 })
    },
  })
  return { ports, server }
}

test('sends shoppers to each of several replicas, as many to one as to the other', async () => {
  const shops = [openShop(), openShop()]
  try {
    const result = await runJob({
      origins: shops.map(({ server }) => server.url.origin),
      tokens: [],
      productIds: ['uno'],
      lines: 1,
      keys: 'none',
      pace: { kind: 'once', connections: 3, total: 60 },
    })
    expect(result.statuses).toEqual({ '201': 60 })
    expect(shops.map(({ ports }) => ports.size)).toEqual([3, 3])
  } finally {
    await Promise.all(shops.map(({ server }) => server.stop(true)))
  }
})
