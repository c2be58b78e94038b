import { enDosLenguas } from '../../textos/lenguas.ts'

const pedidos = (cuantos: number) => (cuantos === 1 ? '1 pedido' : `${cuantos} pedidos`)
const orders = (count: number) => (count === 1 ? '1 order' : `${count} orders`)

/** Several orders at once. */
export const useTextosVarios = enDosLenguas(
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
    ninguno: 'Clear selection',
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
      completar: 'Their items will leave the warehouse. This can’t be undone.',
      cancelar:
        'Their items will go back on sale, and each customer will see the reason. This can’t be undone.',
    },
    si: { completar: 'Complete orders', cancelar: 'Cancel orders' },
    hecho: {
      completar: (count) => `${orders(count)} completed.`,
      cancelar: (count) => `${orders(count)} cancelled.`,
    },
    fallidos: (count) => `${orders(count)} couldn’t be updated`,
    pedido: (numero) => `Order ${numero}`,
    yaTermino: 'it was already completed, cancelled or expired.',
  },
)
