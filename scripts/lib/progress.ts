export interface Progress {
  (what: string, done: number): void
  /** Takes the line away again. */
  clear(): void
}

const leastMs = 100

/** One line on a terminal that is rewritten as work goes on; nothing anywhere else. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let shownAt = Number.NEGATIVE_INFINITY
  let shown = ''
  const clear = () => {
    if (shown !== '') stream.write('\r\u001b[K')
    shown = ''
  }
  const show = (what: string, done: number) => {
    if (!stream.isTTY) return
    const text = done > 0 ? `${what} ${Math.floor(done * 100)} %` : what
    if (performance.now() - shownAt < leastMs && text.startsWith(what) && shown.startsWith(what)) {
      return
    }
    clear()
    stream.write(text)
    shown = text
    shownAt = performance.now()
  }
  return Object.assign(show, { clear })
}
