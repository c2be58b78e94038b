/**
 * Ports of 127.0.0.1 that are free at the moment. They are held together until all are known, so
 * that none comes twice; between that and their use somebody else may still take one.
 */
export function freePorts(count: number): number[] {
  const servers = Array.from({ length: count }, () =>
    Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } }),
  )
  const ports = servers.map((server) => server.port)
  for (const server of servers) server.stop(true)
  return ports
}
