/** Everything that is written to standard output and standard error until `restore`. */
export function captureOutput() {
  const lines: string[] = []
  const streams = [process.stdout, process.stderr]
  const originals = streams.map((stream) => stream.write)
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      lines.push(typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))
      return true
    }
  }
  return {
    lines,
    restore() {
      streams.forEach((stream, at) => {
        const original = originals[at]
        if (original) stream.write = original
      })
    },
  }
}
