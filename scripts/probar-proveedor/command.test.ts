import { describe, expect, spyOn, test } from 'bun:test'
import { cleanUp } from '@encargo/service-kit/testing/clean-up'
import { createNetwork } from '@encargo/service-kit/testing/outside'
import { crearProveedor } from '../../apps/pagos/ejemplo/proveedor.ts'
import { firmar } from '../../apps/pagos/src/clients/externo/firmas.ts'
import { claveDePrueba } from './banco-externo.ts'
import { probarProveedor } from './command.ts'

const secreto = claveDePrueba('s')

interface Dicho {
  readonly type: string
  readonly data: Record<string, unknown>
}
type Seguir = (dicho: Dicho) => Promise<Response>
/** What a program does in place of what it should. */
type Mentira = (dicho: Dicho, seguir: Seguir, request: Request) => Promise<Response>

const honrado: Mentira = (dicho, seguir) => seguir(dicho)

/** The example, with somebody in between who lies, and signs anew what he changes. */
function programa(mentira: Mentira, pruebas = true) {
  const { fetch: atender } = crearProveedor({ secreto, pruebas })
  const seguir = (request: Request, dicho: Dicho | undefined) => {
    const cuerpo = dicho === undefined ? '' : JSON.stringify(dicho)
    const headers = firmar([secreto], { id: 'msg_1', cuerpo, ahora: Date.now() })
    return atender(
      new Request(request.url, { method: request.method, headers, body: cuerpo || null }),
    )
  }
  return {
    async fetch(request: Request) {
      const texto = await request.clone().text()
      if (texto === '' || mentira === honrado) return await atender(request)
      return await mentira(JSON.parse(texto) as Dicho, (dicho) => seguir(request, dicho), request)
    },
  }
}

async function probado(app: { fetch: (request: Request) => Promise<Response> }, ...args: string[]) {
  const red = createNetwork()
  red.answer('mio.test', app)
  const lineas: string[] = []
  const errores = spyOn(console, 'error').mockImplementation((linea) => void lineas.push(linea))
  cleanUp(() => errores.mockRestore())
  const codigo = await probarProveedor(
    ['https://mio.test/pagos', '--secret', secreto, ...args],
    {},
    { fetch: red.fetch, print: (linea) => lineas.push(linea) },
  )
  return { codigo, lineas }
}

/** Changes what is answered to some of the questions. */
const alContestar =
  (tipos: RegExp, cambio: (datos: Record<string, unknown>) => object): Mentira =>
  async (dicho, seguir) => {
    const answer = await seguir(dicho)
    if (!answer.ok || !tipos.test(dicho.type)) return answer
    return Response.json(cambio((await answer.json()) as Record<string, unknown>))
  }
/** Changes what it is asked. */
const alPreguntar =
  (tipo: string, cambio: (data: Record<string, unknown>) => object): Mentira =>
  (dicho, seguir) =>
    seguir(
      dicho.type === tipo ? { ...dicho, data: { ...dicho.data, ...cambio(dicho.data) } } : dicho,
    )

const cobros = /^cobro\.(consultar|cerrar|capturar|reembolsar)$/
const cadaUno = (datos: Record<string, unknown>, cambio: (movimiento: object) => object) => ({
  ...datos,
  movimientos: (datos['movimientos'] as { importe: number }[]).map(cambio),
})

const mentiras: readonly (readonly [string, string, Mentira])[] = [
  [
    'forgets what it opened',
    'opens one session when it is asked twice with the same key',
    alPreguntar('cobro.abrir', () => ({ cobroId: crypto.randomUUID() })),
  ],
  [
    'counts in units',
    'says that a charge was paid, by one capture of all of it',
    alContestar(cobros, (datos) =>
      cadaUno(datos, (uno) =>
        'importe' in uno ? { ...uno, importe: Number(uno.importe) / 10 } : uno,
      ),
    ),
  ],
  [
    'rounds',
    'charges 12.34 USD, two decimals, exactly',
    alPreguntar('cobro.abrir', ({ importe }) => ({
      importe: Math.round(Number(importe) / 100) * 100,
    })),
  ],
  [
    'says that it closed, and takes money',
    'closes a session, which nobody can pay any more',
    async (dicho, seguir) => {
      if (dicho.type !== 'cobro.cerrar') return await seguir(dicho)
      const abierto = (await (await seguir({ ...dicho, type: 'cobro.consultar' })).json()) as object
      return Response.json({ ...abierto, estado: 'cerrado', causa: 'anulado' })
    },
  ],
  [
    'gives back as often as it is asked',
    'gives back once what is asked for twice with the same key',
    alPreguntar('cobro.reembolsar', () => ({ clave: crypto.randomUUID() })),
  ],
  [
    'says yes and gives nothing back',
    'refuses to give back more than there is, and moves nothing',
    async (dicho, seguir) => {
      const answer = await seguir(dicho)
      return answer.ok ? answer : await seguir({ ...dicho, type: 'cobro.consultar' })
    },
  ],
  [
    'is away when it should refuse',
    'refuses to give back what was never paid',
    async (dicho, seguir) => {
      const answer = await seguir(dicho)
      return answer.ok ? answer : new Response('no', { status: 500 })
    },
  ],
  [
    'names what happened anew each time',
    'says the same of it, by the same names, each time that it is asked',
    alContestar(cobros, (datos) =>
      cadaUno(datos, (uno) => ({ ...uno, referencia: crypto.randomUUID() })),
    ),
  ],
  [
    'hides that a bank took money back',
    'tells of a dispute, with the money that it took',
    alContestar(cobros, (datos) => ({
      ...datos,
      disputa: undefined,
      movimientos: (datos['movimientos'] as { tipo: string }[]).filter(
        ({ tipo }) => tipo !== 'contracargo',
      ),
    })),
  ],
  [
    'signs its notices with another secret',
    'names in its notice what is to be asked for, and the answer is of the charge',
    alContestar(/^prueba\.avisos$/, ({ avisos }) => ({
      avisos: (avisos as { cuerpo: string }[]).map(({ cuerpo }) => ({
        cuerpo,
        headers: firmar([claveDePrueba('z')], { id: 'msg_2', cuerpo, ahora: Date.now() }),
      })),
    })),
  ],
  [
    'lets in whoever comes',
    'does nothing for whoever does not sign',
    alContestar(/^nada$/, (datos) => datos),
  ],
]

describe('a program of somebody is tried', () => {
  test('and each case is a line, the last one counts them', async () => {
    const { codigo, lineas } = await probado(programa(honrado), '--only', 'does nothing')
    expect(codigo).toBe(0)
    expect(lineas[0]).toBe('Banco de ejemplo, at https://mio.test/pagos')
    expect(lineas).toContain('ok      does nothing that was signed ten minutes ago')
    expect(lineas.at(-1)).toBe('4 passed, 0 failed')
  })

  test.each(mentiras)('one that %s is found out', async (_mentira, nombre, mentira) => {
    const { codigo, lineas } = await probado(programa(mentira), '--only', nombre)
    expect(lineas.slice(1)).toEqual([
      `WRONG   ${nombre}`,
      expect.stringMatching(/^ {8}[^]*expected [^]*, saw /),
      '0 passed, 1 failed',
    ])
    expect(codigo).toBe(1)
  })

  test('one that lies about nothing passes what the liars do not', async () => {
    for (const [, nombre] of mentiras) {
      const { codigo } = await probado(programa(honrado), '--only', nombre)
      expect([nombre, codigo]).toEqual([nombre, 0])
    }
  })

  test('one without hooks is told which are missing', async () => {
    const { codigo, lineas } = await probado(programa(honrado, false))
    expect(codigo).toBe(1)
    expect(lineas).toEqual([
      "Banco de ejemplo can't be tried: it does not offer prueba.pagar, prueba.vencer, " +
        'prueba.sesiones among its "pruebas".',
    ])
  })

  test('one with the least of hooks is told what stays untried', async () => {
    const app = programa(honrado)
    const { lineas, codigo } = await probado(
      {
        async fetch(request) {
          const answer = await app.fetch(request)
          if (request.method !== 'GET') return answer
          const datos = (await answer.json()) as object
          return Response.json({ ...datos, pruebas: ['pagar', 'vencer', 'sesiones'] })
        },
      },
      '--only',
      'voucher',
    )
    expect(codigo).toBe(0)
    expect(lineas).toContain(
      'Not tried: vouchers, without prueba.imprimirVale, prueba.pagarVale, prueba.vencerVale.',
    )
  })

  test('one that is not there, or speaks otherwise, is said to be so', async () => {
    const nadie = { fetch: () => Promise.resolve(new Response('no', { status: 502 })) }
    const { codigo, lineas } = await probado(nadie)
    expect(codigo).toBe(1)
    expect(lineas.join()).toContain('did not describe itself: externo answered 502')
    const otro = { protocolo: 2 }
    const futuro = { fetch: () => Promise.resolve(Response.json(otro)) }
    expect((await probado(futuro)).lineas.join()).toContain('speaks version 2 of the protocol')
  })
})
