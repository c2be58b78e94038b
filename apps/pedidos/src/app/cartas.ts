import type { Mensaje } from '@encargo/service-kit/mail/message'
import { describeError } from '@encargo/service-kit/run/logger'
import { type Aviso, esDeCliente, sobraPor } from '../domain/aviso.ts'
import {
  type Carta,
  comoHtml,
  comoTexto,
  escapar,
  partesDeHtml,
  partesDeTexto,
} from '../domain/carta.ts'
import { type Rellena, rellenar } from '../domain/plantilla.ts'
import { idiomaDeAviso, type Materia, redactarAviso } from '../domain/redactar-aviso.ts'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import type { AjustesAvisos } from '../domain/ajustes.ts'
import type { MateriaGuardada } from '../ports/avisos.ts'
import { CaraConocida } from './cara-conocida.ts'
import type { Deps } from './deps.ts'
import type { Seguimiento } from './seguimiento.ts'

const colorPorDefecto = '#1d4ed8'

/** A mail as it would be read. */
export interface Escrito {
  readonly asunto: string
  readonly texto: string
  readonly html: string
  /** What is wrong with the shop's own templates, which were left aside. */
  readonly reparos: readonly string[]
}

export type Redactado =
  | { readonly tipo: 'mensaje'; readonly mensaje: Mensaje }
  /** It need not be sent, and why, in a word. */
  | { readonly tipo: 'sobra'; readonly por: string }

type Formato = 'txt' | 'html'

/** What templates can name: parts of the mail, and some of what they are about. */
function valoresDe(carta: Carta, { pedido, cara }: Materia, html: string | undefined) {
  const partes = html === undefined ? partesDeTexto(carta) : partesDeHtml(carta, html)
  const dicho = {
    asunto: carta.asunto,
    tienda: cara.nombre ?? '',
    numero: `${pedido?.numero ?? ''}`,
    nombre: pedido?.condiciones?.contacto?.nombre ?? '',
    motivo: pedido?.motivo ?? '',
    url: carta.enlace?.url ?? '',
  }
  const escrito = Object.entries(dicho).map(
    ([nombre, valor]) => [nombre, html === undefined ? valor : escapar(valor)] as const,
  )
  return { ...partes, ...Object.fromEntries(escrito) }
}

/** Mails made of what is on record, in the shop's words where it has some. */
export function createCartas(deps: Deps, seguimiento: Seguimiento) {
  const { correo, logger } = deps
  const cara = new CaraConocida(deps)

  /** A template of the shop's own, filled in; what is wrong with it loses no mail. */
  async function propia(
    nombre: string,
    llenar: (plantilla: string) => Rellena,
    reparos: string[],
  ): Promise<Rellena | undefined> {
    try {
      const plantilla = await correo.leerPlantilla(nombre)
      return plantilla === undefined ? undefined : llenar(plantilla)
    } catch (error) {
      const reparo = `${nombre}: ${error instanceof Error ? error.message : 'cannot be read'}`
      logger.warn('a template of the shop was left aside', { nombre, error: describeError(error) })
      reparos.push(reparo)
      return undefined
    }
  }

  async function escribir(materia: Materia): Promise<Escrito> {
    const idioma = idiomaDeAviso(materia)
    const carta = redactarAviso(materia)
    const color = materia.cara.color ?? colorPorDefecto
    const reparos: string[] = []
    const nombre = (formato: Formato) => `${materia.aviso.tipo}.${idioma}.${formato}`
    const valores = (html?: string) => valoresDe(carta, materia, html)
    const [texto, html] = await Promise.all([
      propia(nombre('txt'), (suya) => rellenar(suya, valores()), reparos),
      propia(nombre('html'), (suya) => rellenar(suya, valores(color), valores()), reparos),
    ])
    return {
      asunto: texto?.asunto ?? html?.asunto ?? carta.asunto,
      texto: texto?.cuerpo ?? comoTexto(carta),
      html: html?.cuerpo ?? comoHtml(carta, idioma, color),
      reparos,
    }
  }

  async function materiaDe(guardada: MateriaGuardada): Promise<Materia> {
    const { aviso, pedido } = guardada
    const base = { ...guardada, cara: await cara.leer(), moneda: deps.moneda }
    if (!pedido) return { ...base, enlace: `${correo.gestion}/existencias` }
    if (!esDeCliente(aviso.tipo)) {
      return { ...base, enlace: `${correo.gestion}/pedidos/${pedido.id}` }
    }
    const token = await seguimiento.tokenDe(pedido, aviso.creadoEn)
    return { ...base, enlace: `${correo.pagina}/${token}` }
  }

  /**
   * The settings, with how this order is paid, where it was said which way.
   * @throws PeerUnavailableError, PeerProtocolError where that is not to be known now
   */
  async function conInstrucciones({ aviso, pedido, ajustes }: MateriaGuardada) {
    const metodo = aviso.tipo === 'instrucciones' ? pedido?.cobranza?.metodo : undefined
    if (metodo === undefined || metodo === null) return ajustes
    const conocidos = await deps.pagos.metodos(backgroundCall())
    const es = conocidos.find(({ codigo }) => codigo === metodo)?.instrucciones
    return { ...ajustes, instruccionesPago: es ? { es } : {} } satisfies AjustesAvisos
  }

  /** The same in every attempt, so that whoever gets a second copy can tell. */
  const idDe = ({ id, creadoEn }: Aviso) => `aviso-${correo.instalacion}-${id}-${creadoEn}`

  return {
    escribir,
    cara,
    /** @throws PeerUnavailableError, PeerProtocolError */
    async redactar(guardada: MateriaGuardada): Promise<Redactado> {
      const { aviso, pedido } = guardada
      const ajustes = await conInstrucciones(guardada)
      const por = sobraPor(aviso, pedido, ajustes)
      if (por !== undefined) return { tipo: 'sobra', por }
      const materia = await materiaDe({ ...guardada, ajustes })
      const { asunto, texto, html } = await escribir(materia)
      const email = esDeCliente(aviso.tipo) ? pedido?.condiciones?.contacto?.email : undefined
      const mensaje = {
        id: idDe(aviso),
        en: aviso.creadoEn,
        de: materia.cara.nombre,
        para: email ?? ajustes.personal,
        asunto,
        texto,
        html,
      }
      return { tipo: 'mensaje', mensaje }
    },
  }
}
export type Cartas = ReturnType<typeof createCartas>
