import { nombresDocumento } from '@encargo/service-kit/values/documentos'
import type { MotivoIdentificacion } from '@encargo/service-kit/values/identificacion'

/** Addresses and invoice data that somebody keeps. */
export const esLibreta = {
  direcciones: {
    titulo: 'Direcciones',
    ninguna: 'Las que guardes aquí las tendrás a mano al comprar.',
    nueva: 'Añadir una dirección',
    editar: 'Cambiar',
    editarCual: (cual: string) => `Cambiar ${cual}`,
    editarTitulo: 'Cambiar la dirección',
    primera: 'Usar primero',
    primeraCual: (cual: string) => `Usar primero ${cual}`,
    predeterminada: 'Predeterminada',
    borrar: 'Borrar',
    borrarCual: (cual: string) => `Borrar ${cual}`,
    alias: 'Cómo la llamas',
    aliasEjemplo: 'Casa, trabajo…',
    referencia: 'Cómo encontrarla',
    referenciaEjemplo: 'Frente a la farmacia',
    guardar: 'Guardar la dirección',
    guardada: 'Dirección guardada.',
    borrada: 'Dirección borrada.',
    llena: 'Ya tienes 20 direcciones. Borra una antes de añadir otra.',
  },
  facturacion: {
    titulo: 'Datos de factura',
    ninguna: 'A nombre de quién quieres las facturas. Sin ellos, son de consumidor final.',
    nueva: 'Añadir datos de factura',
    editar: 'Cambiar',
    editarCual: (cual: string) => `Cambiar ${cual}`,
    editarTitulo: 'Cambiar los datos de factura',
    borrar: 'Borrar',
    borrarCual: (cual: string) => `Borrar ${cual}`,
    razonSocial: 'Nombre o razón social',
    direccion: 'Dirección de la factura',
    correo: 'Correo para la factura',
    guardar: 'Guardar los datos',
    guardados: 'Datos de factura guardados.',
    borrados: 'Datos de factura borrados.',
  },
  identificacion: {
    pais: 'País del documento',
    tipo: 'Documento',
    numero: 'Número',
    numeroPista: 'Puedes escribirlo con puntos, guiones o espacios.',
    tipos: nombresDocumento.es,
    /** What is wrong with a number is known in Spanish where it is looked at. */
    mal: {} as Partial<Record<MotivoIdentificacion, string>>,
  },
}
