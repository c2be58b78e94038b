/** A process of a benchmark's own, which speaks over IPC and ends with its parent. */
export interface Child {
  readonly pid: number
  /** What it says next. Rejects when it ends before. */
  next<T>(): Promise<T>
  /** What it answers. */
  ask<T>(message: unknown): Promise<T>
  stop(): Promise<void>
}

export function startChild(file: string, ...args: readonly string[]): Child {
  const waiting: PromiseWithResolvers<never>[] = []
  const ended = () => new Error(`${file} ended before it answered`)
  const child = Bun.spawn([process.execPath, '--no-orphans', file, ...args], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    // Its own process group: Ctrl-C reaches it through its parent, once.
    detached: true,
    ipc: (message: never) => waiting.shift()?.resolve(message),
    onExit() {
      for (const one of waiting) one.reject(ended())
    },
  })
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  const next = <T>(): Promise<T> => {
    if (isOver()) return Promise.reject(ended())
    const answer = Promise.withResolvers<never>()
    waiting.push(answer)
    return answer.promise
  }
  return {
    pid: child.pid,
    next,
    ask(message) {
      const answer = next<never>()
      if (!isOver()) child.send(message)
      return answer
    },
    async stop() {
      child.kill()
      await child.exited
    },
  }
}
