/** What is written first by a client that would like TLS (PostgreSQL's documentation, 55.7: SSLRequest). */
const sslRequest = 80_877_103

/** A message: its type, its length and what it says (55.7). */
function message(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const field = (type: string, text: string) => Buffer.from(`${type}${text}\0`)

/** ErrorResponse (55.7). */
function errorResponse(state: string, words: string): Buffer {
  const fields = [field('S', 'FATAL'), field('V', 'FATAL'), field('C', state), field('M', words)]
  return message('E', ...fields, '\0')
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

function integer(size: 2 | 4, value: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeIntBE(value, 0, size)
  return bytes
}
const int16 = (value: number) => integer(2, value)
const int32 = (value: number) => integer(4, value)

const ready = message('Z', 'I')
/** One text of one column, whatever was asked. */
const answersWith = (
  column: string,
  value: string,
): Readonly<Record<string, readonly Buffer[]>> => ({
  P: [message('1')],
  B: [message('2')],
  D: [
    message('t', int16(0)),
    message(
      'T',
      int16(1),
      `${column}\0`,
      int32(0),
      int16(0),
      int32(25),
      int16(-1),
      int32(-1),
      int16(0),
    ),
  ],
  E: [message('D', int16(1), int32(value.length), value), message('C', 'SELECT 1\0')],
  S: [ready],
})

/** Lets everybody in and says nothing but its version, as `server_version_num` has it. */
export const serverOfVersion = (version: string) => {
  const answers = answersWith('version', version)
  return Bun.listen<{ greeted: boolean }>({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(socket) {
        socket.data = { greeted: false }
      },
      data(socket, bytes) {
        if (!socket.data.greeted) {
          if (bytes.readUInt32BE(4) === sslRequest) return void socket.write('N')
          socket.data.greeted = true
          return void socket.write(Buffer.concat([message('R', int32(0)), ready]))
        }
        for (let at = 0; at < bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
          for (const one of answers[String.fromCharCode(bytes[at] ?? 0)] ?? []) socket.write(one)
        }
      },
    },
  })
}

/** Takes connections and says nothing. */
export const silentServer = () =>
  Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
