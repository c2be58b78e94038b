import type { Disputa } from '@encargo/service-kit/values/cobros'
import type { IdProveedor } from '../src/domain/cobro.ts'
import { type Movimiento, sumar } from '../src/domain/movimiento.ts'
import {
  type AvisoLeido,
  type CobroPorAbrir,
  FirmaInvalida,
  type PeticionDinero,
  type Proveedor,
  ProveedorNoDisponible,
  ProveedorRechaza,
  type Sesion,
} from '../src/ports/proveedor.ts'
import type { ReembolsoVisto, Verdad } from '../src/domain/verdad.ts'

/** One payment, as the provider has it. */
interface Sitio {
  readonly referencia: string
  readonly cobro: CobroPorAbrir
  estado: Verdad['estado']
  causa?: Verdad['causa']
  moneda: string
  expiraEn?: number
  disputa?: Disputa
  rechazo?: string
  readonly movimientos: Movimiento[]
  readonly reembolsos: ReembolsoVisto[]
}

/** A provider in memory that does what a test says, and counts how often it is asked. */
export class FakeProveedor implements Proveedor {
  readonly id: IdProveedor
  readonly puede = {
    redirigir: true,
    autorizar: true,
    cerrar: true,
    reembolsarParte: true,
    consultar: true,
  }
  readonly plazo = { minimo: 30 * 60, maximo: 24 * 60 * 60 }
  readonly sitios = new Map<string, Sitio>()
  readonly llamadas: string[] = []
  /** Nobody answers. */
  caido = false
  /** What it says no to, and why. */
  readonly rechaza = new Map<string, string>()
  /** What it does, and then does not answer. */
  readonly calla = new Set<string>()
  /** Vouchers are printed: what is open can't be closed. */
  sinCierre = false
  /** How long it takes over each answer. */
  demora: Promise<void> | undefined
  ahora = () => 0

  constructor(id: IdProveedor = 'stripe') {
    this.id = id
  }

  importe(menor: number, moneda: string): number | null {
    return moneda === 'CLP' && menor % 100 !== 0 ? null : menor
  }

  async #hacer<T>(que: string, obra: () => T): Promise<T> {
    this.llamadas.push(que)
    await this.demora
    if (this.caido) throw new ProveedorNoDisponible('nobody answers', { retryAfterMs: 2_000 })
    const no = this.rechaza.get(que)
    if (no !== undefined) throw new ProveedorRechaza(no, 'it says no')
    const hecho = obra()
    if (this.calla.delete(que)) throw new ProveedorNoDisponible('it did it and said nothing')
    return hecho
  }

  async abrir(cobro: CobroPorAbrir): Promise<Sesion> {
    return this.#hacer('abrir', () => {
      const referencia = `cs_${cobro.id.slice(-12)}`
      if (!this.sitios.has(referencia)) {
        const { moneda } = cobro
        const nuevo: Sitio = {
          referencia,
          cobro,
          estado: 'abierto',
          moneda,
          movimientos: [],
          reembolsos: [],
        }
        this.sitios.set(referencia, nuevo)
      }
      return { referencia, url: `https://pagar.example/${referencia}`, expiraEn: cobro.expiraEn }
    })
  }

  /** That of a charge, by our name for it. */
  sitio(cobroId: string): Sitio {
    const sitio = this.sitios.get(`cs_${cobroId.slice(-12)}`)
    if (!sitio) throw new Error(`nobody opened ${cobroId}`)
    return this.#alDia(sitio)
  }

  /** A session ends by itself. */
  #alDia(sitio: Sitio): Sitio {
    if (sitio.estado === 'abierto' && this.ahora() >= sitio.cobro.expiraEn) {
      sitio.estado = 'cerrado'
      sitio.causa = 'vencido'
    }
    return sitio
  }

  #de(referencia: string): Sitio {
    const sitio = this.sitios.get(referencia)
    if (!sitio) throw new ProveedorRechaza('desconocido', `there is no ${referencia}`)
    return this.#alDia(sitio)
  }

  #verdad({ cobro, ...sitio }: Sitio): Verdad {
    return {
      estado: sitio.estado,
      causa: sitio.causa,
      moneda: sitio.moneda,
      cobroId: cobro.id,
      expiraEn: sitio.expiraEn,
      movimientos: [...sitio.movimientos],
      reembolsos: [...sitio.reembolsos],
      disputa: sitio.disputa,
      ultimoRechazo: sitio.rechazo,
    }
  }

  /** The shopper pays. */
  pagar(cobroId: string, importe = this.sitio(cobroId).cobro.importe): void {
    const sitio = this.sitio(cobroId)
    sitio.estado = 'cobrado'
    delete sitio.causa
    this.mover(cobroId, 'captura', importe)
  }

  autorizar(cobroId: string): void {
    const sitio = this.sitio(cobroId)
    sitio.estado = 'autorizado'
    this.mover(cobroId, 'autorizacion', sitio.cobro.importe)
  }

  mover(cobroId: string, tipo: Movimiento['tipo'], importe: number): void {
    const { movimientos, referencia } = this.sitio(cobroId)
    const nombre = `${referencia}_${tipo}_${movimientos.length}`
    movimientos.push({ tipo, importe, referencia: nombre, en: this.ahora() })
  }

  vencer(cobroId: string): void {
    const sitio = this.sitio(cobroId)
    sitio.estado = 'cerrado'
    sitio.causa = 'vencido'
  }

  async consultar(referencia: string): Promise<Verdad> {
    return this.#hacer('consultar', () => this.#verdad(this.#de(referencia)))
  }

  async cerrar(referencia: string): Promise<Verdad> {
    return this.#hacer('cerrar', () => {
      const sitio = this.#de(referencia)
      if (!this.sinCierre && sitio.estado !== 'cobrado' && sitio.estado !== 'cerrado') {
        if (sitio.estado === 'autorizado') {
          this.mover(sitio.cobro.id, 'anulacion', sitio.cobro.importe)
        }
        sitio.estado = 'cerrado'
        sitio.causa = 'anulado'
      }
      return this.#verdad(sitio)
    })
  }

  async capturar({ referencia, importe }: PeticionDinero): Promise<Verdad> {
    return this.#hacer('capturar', () => {
      const sitio = this.#de(referencia)
      if (sitio.estado === 'autorizado') {
        sitio.estado = 'cobrado'
        this.mover(sitio.cobro.id, 'captura', importe)
      }
      return this.#verdad(sitio)
    })
  }

  async reembolsar({ referencia, importe, clave }: PeticionDinero): Promise<Verdad> {
    return this.#hacer('reembolsar', () => {
      const sitio = this.#de(referencia)
      if (!sitio.reembolsos.some((uno) => uno.clave === clave)) {
        const { cobrado, reembolsado, disputado } = sumar(sitio.movimientos)
        if (importe > cobrado - reembolsado - disputado) {
          throw new ProveedorRechaza('importe', 'there is less to give back')
        }
        sitio.reembolsos.push({ referencia: `re_${clave}`, clave, importe, estado: 'hecho' })
        this.mover(sitio.cobro.id, 'reembolso', importe)
      }
      return this.#verdad(sitio)
    })
  }

  /** Signed by a word. */
  async leerAviso(headers: Headers, cuerpo: Uint8Array): Promise<AvisoLeido | undefined> {
    if (headers.get('firma') !== 'buena') throw new FirmaInvalida('that is not its word')
    const { id, de } = JSON.parse(new TextDecoder().decode(cuerpo))
    return de === undefined ? undefined : { eventoId: id, referencia: de }
  }

  async listar() {
    return this.#hacer('listar', () => ({
      referencias: [...this.sitios.keys()],
      siguiente: undefined,
    }))
  }
}
