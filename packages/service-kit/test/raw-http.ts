import { connect } from 'node:net'

export interface Talk {
  /** Everything that was answered so far. */
  answer(): string
  send(text: string): void
  /** Waits for the first answer. */
  answered: Promise<string>
  closed: Promise<string>
  end(): void
}

/** A connection on which anything can be said, as no client would. */
export function talk(url: string, sent: string): Talk {
  const socket = connect(Number(new URL(url).port), new URL(url).hostname)
  const answered = Promise.withResolvers<string>()
  const closed = Promise.withResolvers<string>()
  let answer = ''
  socket.on('data', (bytes) => {
    answer += bytes.toString()
    answered.resolve(answer)
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    answered.resolve(answer)
    closed.resolve(answer)
  })
  socket.write(sent)
  return {
    answer: () => answer,
    send: (text) => void socket.write(text),
    answered: answered.promise,
    closed: closed.promise,
    end: () => socket.destroy(),
  }
}

/** The first answer to what is said on a connection of its own. */
export async function say(url: string, sent: string): Promise<string> {
  const one = talk(url, sent)
  try {
    return await one.answered
  } finally {
    one.end()
  }
}

export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
