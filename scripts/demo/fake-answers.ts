/** A refusal, as the services have them. */
export const problem = (status: number, codigo: string, more: Record<string, unknown> = {}) =>
  Response.json({ title: 'Título', status, detail: 'Detalle.', codigo, ...more }, { status })

export const created = (id: string) => Response.json({ id }, { status: 201 })
export const page = (datos: readonly unknown[], siguiente: string | null = null) =>
  Response.json({ datos, siguiente })

export const bodyOf = ({ body, headers }: RequestInit): unknown =>
  new Headers(headers).get('content-type') === 'image/svg+xml'
    ? body
    : JSON.parse(String(body ?? 'null'))

/** What no shopper may ask. */
export const staffOnly = new Set([
  'PATCH /usuarios',
  'PUT /tienda',
  'PATCH /tienda',
  'PUT /impuestos',
  'GET /ajustes',
  'PUT /ajustes',
  'POST /metodos-envio',
  'GET /cupones',
  'POST /cupones',
  'POST /productos',
  'GET /inventario',
  'POST /inventario',
  'GET /pedidos',
  'GET /metodos-pago',
  'PUT /metodos-pago',
])
