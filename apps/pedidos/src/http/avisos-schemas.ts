import {
  cerrado,
  consulta,
  Email,
  Instante,
  oNull,
  pagina,
  paginacion,
  texto,
  unaDe,
  Uuid,
} from '@encargo/service-kit/http/schemas'
import { Type } from '@sinclair/typebox'
import { estadosAviso, tiposAviso } from '../domain/aviso.ts'
import { Idioma } from './venta-schemas.ts'

const Tipo = unaDe(tiposAviso)
const Instruccion = texto(4_000, 1, 'Banco del Austro, cuenta de ahorros 0123456')

const instrucciones = {
  es: Type.Optional(Instruccion),
  en: Type.Optional(Instruccion),
}
const InstruccionesPago = cerrado(instrucciones, 'InstruccionesPago')
const Tipos = Type.Partial(
  Type.Object(
    Object.fromEntries(tiposAviso.map((tipo) => [tipo, Type.Boolean()])) as {
      [T in (typeof tiposAviso)[number]]: ReturnType<typeof Type.Boolean>
    },
    { additionalProperties: false },
  ),
)

const campos = {
  personal: Type.Array(Email, {
    maxItems: 20,
    uniqueItems: true,
    description: 'A quién de la tienda se escribe; todos ven a los demás',
  }),
  tipos: { ...Tipos, description: 'Los que no se dicen, o son true, se envían' },
  instruccionesPago: InstruccionesPago,
  idioma: {
    ...oNull(Idioma),
    description: 'De los pedidos que no dicen uno; null: el de la tienda',
  },
}

export const AjustesDados = cerrado(campos, 'AjustesAvisosDados', {
  personal: ['caja@bazar.example'],
  tipos: { enviado: false },
  instruccionesPago: { es: 'Banco del Austro, cuenta de ahorros 0123456' },
  idioma: null,
})
export const AjustesVistos = Type.Object(
  { ...campos, tipos: Type.Required(Tipos), version: Type.Integer({ minimum: 0 }) },
  { title: 'AjustesAvisos' },
)
export const AjustesPublicos = Type.Object(
  { instruccionesPago: InstruccionesPago },
  { title: 'AjustesPublicos' },
)

export const AvisoVisto = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    tipo: Tipo,
    pedido: oNull(Type.Integer({ description: 'Su número, si trata de uno' })),
    estado: { ...unaDe(estadosAviso), examples: ['enviado'] },
    intentos: Type.Integer({ minimum: 0 }),
    fallo: {
      ...oNull(Type.String()),
      description: 'Por qué falló la última vez, o por qué no hizo falta, en una palabra',
      examples: [null],
    },
    creadoEn: Instante,
    terminadoEn: oNull(Instante),
  },
  { title: 'Aviso' },
)
export const AvisosDePedido = Type.Object({ datos: Type.Array(AvisoVisto) })
export const PaginaAvisos = pagina(AvisoVisto)
export const ConsultaAvisos = consulta({
  ...paginacion,
  estado: Type.Union([Type.Literal('fallido'), Type.Literal('por-enviar')]),
})
export const ConAviso = Type.Object({
  id: Uuid,
  aviso: Type.String({ pattern: '^[1-9][0-9]{0,14}$', error: 'debe ser el id de un aviso' }),
})

export const ConsultaMuestra = consulta({ tipo: Tipo, idioma: Type.Optional(Idioma) })
export const Muestra = Type.Object(
  {
    asunto: Type.String(),
    texto: Type.String(),
    html: Type.String(),
    reparos: Type.Array(Type.String(), {
      description: 'Qué les pasa a las plantillas de la tienda que no se usaron',
    }),
  },
  { title: 'MuestraDeAviso' },
)
