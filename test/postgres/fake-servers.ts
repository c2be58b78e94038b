/** What is written first by a client that would like TLS (PostgreSQL's documentation, 55.7: SSLRequest). */
const sslRequest = 80_877_103

const field = (type: string, text: string) => Buffer.from(`${type}${text}\0`)

/** ErrorResponse (55.7). */
function errorResponse(state: string, message: string): Buffer {
  const fields = [field('S', 'FATAL'), field('V', 'FATAL'), field('C', state), field('M', message)]
  const body = Buffer.concat([...fields, Buffer.from([0])])
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Refuses whoever connects, as PgBouncer refuses settings that it does not know. */
export const refusingServer = (state: string, message: string) =>
  Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data(socket, bytes) {
        if (bytes.readUInt32BE(4) === sslRequest) socket.write('N')
        else socket.end(errorResponse(state, message))
      },
    },
  })

/** Takes connections and says nothing. */
export const silentServer = () =>
  Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
