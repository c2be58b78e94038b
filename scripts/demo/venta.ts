import type { Client, Facturacion, NuevoPedido } from '@encargo/client'
import { cuentas } from './cuentas.ts'

// How the demo shop sells: taxes, ways to ship, a coupon, and what it writes in mails.

type Direccion = NonNullable<NuevoPedido['direccionEnvio']>
type Impuesto = { readonly codigo: string } & Parameters<
  ReturnType<Client['productos']['impuestos']>['put']
>[0]
type Metodo = Parameters<Client['pedidos']['metodos-envio']['post']>[0]
type Avisos = Parameters<Client['pedidos']['ajustes']['avisos']['put']>[0]
type Cupon = Parameters<Client['pedidos']['cupones']['post']>[0]

/** Which product has which stands in `catalogo.tsv`; shipping has the first. */
export const impuestos: readonly Impuesto[] = [
  { codigo: 'general', nombre: 'IVA', tasa: 1500 },
  { codigo: 'cero', nombre: 'IVA de alimentos sin procesar', tasa: 0 },
]

export const metodos: readonly Metodo[] = [
  {
    codigo: 'moto',
    nombre: 'Moto en Azuay',
    tipo: 'domicilio',
    zonas: [{ pais: 'EC', provincias: ['Azuay'] }],
    tarifa: { tipo: 'fija', precio: 250 },
    plazoDias: 1,
    posicion: 1,
  },
  {
    codigo: 'encomienda',
    nombre: 'Encomienda a todo el país',
    tipo: 'domicilio',
    zonas: [{ pais: 'EC' }],
    tarifa: {
      tipo: 'por-peso',
      tramos: [
        { desde: 0, precio: 420 },
        { desde: 2_000, precio: 650 },
        { desde: 5_000, precio: 980 },
      ],
    },
    gratisDesde: 6_000,
    plazoDias: 3,
    posicion: 2,
  },
  {
    codigo: 'retiro',
    nombre: 'Retiro en la tienda',
    tipo: 'retiro',
    tarifa: { tipo: 'fija', precio: 0 },
    instrucciones:
      'Calle Larga y Bajada del Barranco, de lunes a sábado, de 9 a 19 h. Te escribimos cuando esté listo.',
    posicion: 3,
  },
]

/** Good for guests too, so without a limit for each customer. */
export const cupon = {
  codigo: 'BARRANCO10',
  tipo: 'porcentaje',
  valor: 1000,
  minimo: 1_500,
  usosMaximos: 500,
} as const satisfies Cupon

/** No mail can reach them: what is sent without `SMTP_URL` lies in a folder. */
export const avisos: Avisos = {
  personal: ['pedidos@bazar.example'],
  tipos: {},
  instruccionesPago: {
    es: 'Transferencia al Banco de Muestra, ahorros 000-123-456, con tu número de pedido; o en efectivo.',
    en: 'Transfer to Banco de Muestra, savings 000-123-456, with your order number; or in cash.',
  },
  idioma: null,
}

export const casa: Direccion = {
  nombre: cuentas.cliente.nombre,
  calle: 'Calle Larga 7-42 y Hermano Miguel, piso 2',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010101',
  pais: 'EC',
  telefono: cuentas.cliente.telefono,
}
export const oficina: Direccion = {
  nombre: 'Lucía Andrade (Estudio Tomebamba)',
  calle: 'Avenida Solano 4-120 y Aurelio Aguilar',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010107',
  pais: 'EC',
  telefono: cuentas.cliente.telefono,
}
export const tia: Direccion = {
  nombre: 'Carmen Andrade',
  calle: 'Isla Floreana N42-18 y Tomás de Berlanga',
  ciudad: 'Quito',
  provincia: 'Pichincha',
  codigoPostal: '170513',
  pais: 'EC',
  telefono: '+593990000103',
}

/** The addresses that the demo customer keeps, the first of them for when she chooses none. */
export const direcciones = [
  { alias: 'Casa', ...casa },
  { alias: 'Oficina', ...oficina },
  { alias: 'Tía Carmen', ...tia },
] as const

/** Whom the demo customer has invoices made out to. The number is well formed and nobody's that we know. */
export const estudio: Facturacion = {
  identificacion: { pais: 'EC', tipo: 'ruc', numero: '0190412347001' },
  razonSocial: 'Estudio Tomebamba Cía. Ltda.',
  direccion: 'Avenida Solano 4-120, Cuenca',
  email: cuentas.cliente.email,
}
