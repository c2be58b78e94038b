const html = `<!doctype html>
<html lang="es">
  <head><meta charset="utf-8" /><title>Nada</title></head>
  <body><h1>Nada más que esto</h1><label>Texto <input /></label><button>Pulsar</button></body>
</html>`

/** A page that loads, runs and draws next to nothing: what the machine and the browser take anyway. */
export function serveBare(): { readonly origin: string; stop(): Promise<void> } {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    reusePort: false,
    fetch: () => new Response(html, { headers: { 'content-type': 'text/html' } }),
  })
  return { origin: server.url.origin, stop: () => server.stop(true) }
}
