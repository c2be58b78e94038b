import type { BancoDemo, Suceso } from './banco.ts'
import { page, problem } from './fake-answers.ts'

interface Cobro {
  readonly id: string
  readonly pedidoId: string
  /** What the order says of it is what it was when it was last asked for. */
  visto: string
  estado: string
  disputa: string | null
}
interface Pedida {
  readonly id: string
  readonly rest: readonly string[]
}

const trasSuceso: Readonly<Record<Suceso, Partial<Cobro>>> = {
  pagar: { estado: 'cobrado' },
  imprimirVale: { estado: 'en-proceso' },
  disputar: { disputa: 'abierta' },
}

/** The payment service in memory with its bank, as far as the seed can tell. */
export class FakeCobros implements BancoDemo {
  readonly metodos = new Map<string, unknown>()
  readonly cobros: Cobro[] = []

  ocurre(cobroId: string, que: Suceso): void {
    const cobro = this.cobros.find(({ id }) => id === cobroId)
    if (cobro) Object.assign(cobro, trasSuceso[que])
  }

  readonly de = (pedidoId: string) => this.cobros.filter((uno) => uno.pedidoId === pedidoId)

  /** What an order tells of it. */
  pagoDe(pedidoId: string, metodo: string | null) {
    const suyos = this.de(pedidoId)
    const enDisputa = suyos.filter(({ disputa }) => disputa !== null).length
    return { metodo, enDisputa, cobros: suyos.map(({ id, visto }) => ({ id, estado: visto })) }
  }

  readonly routes: Readonly<Record<string, (given: Pedida, body: never) => Response>> = {
    'GET /metodos-pago': () => page([...this.metodos.keys()].map((codigo) => ({ codigo }))),
    'PUT /metodos-pago': ({ id }, metodo: unknown) => {
      this.metodos.set(id, metodo)
      return Response.json({ codigo: id })
    },
    'POST /cobros': ({ id, rest }, body: { pedidoId: string; metodo: string; captura?: object }) =>
      rest.length > 0 ? this.#consultar(id) : this.#cobrar(body),
  }

  #cobrar({ pedidoId, metodo, captura }: { pedidoId: string; metodo: string; captura?: object }) {
    if (!this.metodos.has(metodo)) return problem(422, 'metodo-pago-no-disponible')
    const estado = captura ? 'cobrado' : 'abierto'
    const cobro = { id: crypto.randomUUID(), pedidoId, visto: estado, estado, disputa: null }
    this.cobros.push(cobro)
    return Response.json(cobro, { status: 201 })
  }

  #consultar(id: string) {
    const cobro = this.cobros.find((uno) => uno.id === id)
    if (cobro) cobro.visto = cobro.estado
    return Response.json(cobro)
  }
}
