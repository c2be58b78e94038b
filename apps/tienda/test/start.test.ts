import { describe, expect, test } from 'bun:test'
import { start } from '../src/main.ts'
import { allowedOrigins } from '../src/ui/picture-url.ts'

const imagenes = ['https://fotos.example', 'https://cdn.example:8443']
const env = { TIENDA_PORT: '0', LOG_LEVEL: 'error', IMAGE_ORIGINS: imagenes.join(',') }

/** The origins that the page's own scripts will find in it. */
async function told(page: string): Promise<readonly string[]> {
  let content: string | null = null
  const rewriter = new HTMLRewriter().on('head > meta[name="imagenes"]', {
    element: (meta) => {
      content = meta.getAttribute('content')
    },
  })
  await rewriter.transform(new Response(page)).text()
  return allowedOrigins({ querySelector: () => ({ getAttribute: () => content }) })
}

describe('start', () => {
  test('says in one sentence which variable cannot be used', async () => {
    await expect(start({ ...env, TIENDA_PORT: 'puerto' })).rejects.toThrow(
      'TIENDA_PORT must be a port number from 0 to 65535 (0 lets the system choose), got "puerto"',
    )
    await expect(start({ ...env, PEDIDOS_URL: 'pedidos:8003' })).rejects.toThrow(
      'PEDIDOS_URL must be',
    )
  })

  test('builds the front end, serves it with its policy, says when its port is taken, and stops', async () => {
    const running = await start(env)
    const first = await fetch(running.url)
    const page = await first.text()
    // IMAGE_ORIGINS widens what the page may show and nothing else, and the page knows it.
    const policy = first.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`img-src 'self' data: blob: ${imagenes.join(' ')};`)
    expect(policy.replace(imagenes.join(' '), '')).not.toContain('https:')
    expect(await told(page)).toEqual(imagenes)
    const script = /src="(\/recursos\/[\w.-]+\.js)"/.exec(page)?.[1] ?? 'none'
    const answer = await fetch(`${running.url}${script}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toStartWith('text/javascript')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    // Nothing inline: the page's own policy would refuse it.
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style="/)

    const { port } = new URL(running.url)
    const second = start({ ...env, TIENDA_PORT: port })
    await expect(second).rejects.toThrow(`127.0.0.1:${port} is already in use`)
    await running.stop()
    await expect(fetch(running.url)).rejects.toThrow()
  }, 60_000)
})
