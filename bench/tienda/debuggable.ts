import { type Browser, chromium } from 'playwright-core'

export interface Debuggable {
  /** Where other tools reach the same browser. */
  readonly port: number
  readonly browser: Browser
  stop(): Promise<void>
}

/** A browser with a profile of its own, which other tools than ours can drive as well. */
export async function startDebuggable(executable: string, profile: string): Promise<Debuggable> {
  const child = Bun.spawn(
    [
      executable,
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' },
  )
  const port = await portIn(child.stderr)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  return {
    port,
    browser,
    async stop() {
      await browser.close()
      child.kill()
      await child.exited
    },
  }
}

async function portIn(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<number> {
  let text = ''
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const port = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(text)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error(`the browser ended before it could be driven: ${text}`)
}
