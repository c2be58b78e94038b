import { enDosLenguas } from './lenguas.ts'

const pedidos = (cuantos: number) => (cuantos === 1 ? '1 pedido' : `${cuantos} pedidos`)
const orders = (count: number) => (count === 1 ? '1 order' : `${count} orders`)

/** Several orders at once. */
export const textosVarios = enDosLenguas(
  {
    elegirDe: (numero: number) => `Elegir el pedido ${numero}`,
    elegidos: (cuantos: number) => (cuantos === 1 ? '1 elegido' : `${cuantos} elegidos`),
    ninguno: 'No elegir ninguno',
    motivo: 'Motivo',
    boton: {
      completar: (cuantos: number) => `Completar ${pedidos(cuantos)}`,
      cancelar: (cuantos: number) => `Cancelar ${pedidos(cuantos)}`,
    },
    enCorto: {
      completar: (cuantos: number) => `Completar ${cuantos}`,
      cancelar: (cuantos: number) => `Cancelar ${cuantos}`,
    },
    titulo: {
      completar: (cuantos: number) => `¿Completar ${pedidos(cuantos)}?`,
      cancelar: (cuantos: number) => `¿Cancelar ${pedidos(cuantos)}?`,
    },
    texto: {
      completar: 'Sus unidades salen del almacén. No se puede deshacer.',
      cancelar: 'Sus unidades dejan de estar reservadas y cada cliente verá el motivo.',
    },
    si: { completar: 'Sí, completar', cancelar: 'Sí, cancelar' },
    hecho: {
      completar: (cuantos: number) =>
        cuantos === 1 ? '1 pedido completado.' : `${cuantos} pedidos completados.`,
      cancelar: (cuantos: number) =>
        cuantos === 1 ? '1 pedido cancelado.' : `${cuantos} pedidos cancelados.`,
    },
    fallidos: (cuantos: number) => `No se pudo con ${pedidos(cuantos)}`,
    pedido: (numero: number) => `Pedido ${numero}`,
    yaTermino: 'ya terminó de otra manera: alguien se adelantó, o su plazo venció.',
  },
  {
    elegirDe: (numero) => `Select order ${numero}`,
    elegidos: (count) => `${count} selected`,
    ninguno: 'Select none',
    motivo: 'Reason',
    boton: {
      completar: (count) => `Complete ${orders(count)}`,
      cancelar: (count) => `Cancel ${orders(count)}`,
    },
    enCorto: {
      completar: (count) => `Complete ${count}`,
      cancelar: (count) => `Cancel ${count}`,
    },
    titulo: {
      completar: (count) => `Complete ${orders(count)}?`,
      cancelar: (count) => `Cancel ${orders(count)}?`,
    },
    texto: {
      completar: 'Their units leave the warehouse. This cannot be undone.',
      cancelar: 'Their units are no longer reserved, and each customer will see the reason.',
    },
    si: { completar: 'Yes, complete', cancelar: 'Yes, cancel' },
    hecho: {
      completar: (count) => `${orders(count)} completed.`,
      cancelar: (count) => `${orders(count)} cancelled.`,
    },
    fallidos: (count) => `Could not be done with ${orders(count)}`,
    pedido: (numero) => `Order ${numero}`,
    yaTermino: 'it has ended otherwise: somebody was first, or its time ran out.',
  },
)
