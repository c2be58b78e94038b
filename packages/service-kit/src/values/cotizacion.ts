import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { importeMaximo } from './importes.ts'

// What a quote says, which a refusal carries as well: who is told that a total has changed is told by what.

const dinero = (ejemplo: number, description?: string) =>
  Type.Integer({
    minimum: 0,
    maximum: importeMaximo,
    examples: [ejemplo],
    ...(description === undefined ? {} : { description }),
  })
const oNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

const Tasa = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'En centésimas de un por ciento: 1500 es 15 %',
  examples: [1500],
})

/** Why a coupon is good for nothing here: the last two, that it was used as often as it may be. */
export const MotivoCupon = Type.Union(
  [
    Type.Literal('desconocido'),
    Type.Literal('apagado'),
    Type.Literal('aun-no'),
    Type.Literal('vencido'),
    Type.Literal('minimo'),
    Type.Literal('sin-lineas'),
    Type.Literal('sin-cuenta'),
    Type.Literal('sin-envio'),
    Type.Literal('agotado'),
    Type.Literal('ya-usado'),
  ],
  { description: 'Por qué no vale el cupón', examples: ['vencido'] },
)
export type MotivoCupon = Static<typeof MotivoCupon>

export const TipoMetodo = Type.Union([Type.Literal('domicilio'), Type.Literal('retiro')], {
  error: 'debe ser domicilio o retiro',
  'x-regla': 'opcion',
  examples: ['domicilio'],
})

/** The method that was chosen, as it is kept. */
export const MetodoElegido = {
  codigo: Type.String({ examples: ['moto'] }),
  nombre: Type.String({ examples: ['Moto en la ciudad'] }),
  tipo: TipoMetodo,
  plazoDias: oNull(Type.Integer({ description: 'En cuántos días llega', examples: [2] })),
} as const

/** What each line says of money beside its price. */
export const DeLinea = {
  descuento: dinero(0, 'Lo que el cupón le quita'),
  importe: dinero(
    2500,
    'Lo que cuesta: su precio por su cantidad menos su descuento, con impuesto',
  ),
  tasaImpuesto: Tasa,
  impuesto: dinero(326, 'Lo que de su importe es impuesto'),
} as const

/** What an order comes to. */
export const DeTotales = {
  subtotal: dinero(2500, 'Las líneas a su precio'),
  descuento: dinero(0, 'Lo que el cupón quita a las líneas'),
  envioImporte: dinero(350, 'Con impuesto, y con lo que el cupón le quita'),
  impuesto: dinero(372, 'Lo que del total es impuesto'),
  base: dinero(2478, 'El total sin su impuesto'),
  total: dinero(2850),
  moneda: Type.String({ description: 'Código ISO 4217', examples: ['USD'] }),
  impuestos: Type.Array(
    Type.Object({
      codigo: Type.String({ examples: ['general'] }),
      tasa: Tasa,
      base: dinero(2478),
      impuesto: dinero(372),
    }),
    { description: 'Por clase y tasa; sus bases suman `base` y sus impuestos `impuesto`' },
  ),
} as const

export const CotizacionVista = Type.Object(
  {
    lineas: Type.Array(
      Type.Object({
        productoId: Type.String({ examples: ['0198c0de-7f00-7000-8000-00000000002a'] }),
        cantidad: Type.Integer({ examples: [2] }),
        precioUnitario: dinero(1250),
        ...DeLinea,
      }),
    ),
    ...DeTotales,
    metodoEnvio: oNull(Type.Object(MetodoElegido)),
    cupon: oNull(Type.String({ description: 'El que cuenta', examples: ['BIENVENIDA'] })),
    metodosEnvio: Type.Array(
      Type.Object({ ...MetodoElegido, precio: dinero(350, 'Con impuesto, y con el cupón') }),
      { description: 'Los que llegan hasta ahí, en el orden de la tienda' },
    ),
    avisos: Type.Array(
      Type.Object({
        codigo: Type.Union([
          Type.Literal('cupon-invalido'),
          Type.Literal('cupon-agotado'),
          Type.Literal('envio-no-disponible'),
          Type.Literal('stock-insuficiente'),
        ]),
        detalle: Type.String({ examples: ['De Café de Loja quedan 3. Pide menos.'] }),
        motivo: Type.Optional(MotivoCupon),
        productoId: Type.Optional(
          Type.String({
            description: 'De qué no alcanza',
            examples: ['0198c0de-7f00-7000-8000-00000000002a'],
          }),
        ),
        disponible: Type.Optional(
          Type.Integer({ description: 'Cuántas unidades quedan', examples: [3] }),
        ),
      }),
      { description: 'Por qué no se podría comprar así' },
    ),
  },
  { title: 'Cotizacion' },
)
