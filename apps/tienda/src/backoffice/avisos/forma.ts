import { campoDe, ErrorDeCampo } from '../../formularios/formulario.ts'
import { separados } from '../envios/forma.ts'
import type { AjustesAvisos, TipoAviso } from './datos.ts'

export const deClientes = [
  'recibido',
  'instrucciones',
  'listo',
  'enviado',
  'entregado',
  'cancelado',
  'por-vencer',
  'anulado',
  'pagado',
  'reembolso',
] as const satisfies readonly TipoAviso[]
export const dePersonal = [
  'pedido-nuevo',
  'existencia-baja',
  'disputa',
  'devolucion-fallida',
] as const satisfies readonly TipoAviso[]
const todos: readonly TipoAviso[] = [...deClientes, ...dePersonal]

/** The name of the box of a kind. */
export const campoTipo = (tipo: TipoAviso) => `tipo-${tipo}`

/**
 * What stands in the form of the mails.
 * @param correoMal what is said of something that is no address
 * @throws ErrorDeCampo
 */
export function leerAjustes(
  datos: FormData,
  correoMal: (escrito: string) => string,
): AjustesAvisos {
  const personal = [...new Set(separados(campoDe(datos, 'personal')))]
  const malo = personal.find((uno) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(uno))
  if (malo !== undefined) throw new ErrorDeCampo('personal', correoMal(malo))
  const dicho = (campo: string) => campoDe(datos, campo).replaceAll('\r\n', '\n')
  const [es, en] = [dicho('instruccionesEs'), dicho('instruccionesEn')]
  const idioma = campoDe(datos, 'idioma')
  const encendidos = todos.map((tipo) => [tipo, datos.has(campoTipo(tipo))] as const)
  return {
    personal,
    // One of each kind, by the line above.
    tipos: Object.fromEntries(encendidos) as AjustesAvisos['tipos'],
    instruccionesPago: { ...(es === '' ? {} : { es }), ...(en === '' ? {} : { en }) },
    idioma: idioma === 'es' || idioma === 'en' ? idioma : null,
  }
}
