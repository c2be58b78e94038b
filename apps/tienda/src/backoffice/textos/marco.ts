import { enDosLenguas } from './lenguas.ts'

/** Around the pages, and what the shared blocks say. */
export const textosMarco = enDosLenguas(
  {
    gestion: 'Gestión',
    secciones: 'Secciones de gestión',
    seccion: {
      panel: 'Panel',
      pedidos: 'Pedidos',
      productos: 'Productos',
      existencias: 'Existencias',
      usuarios: 'Usuarios',
      auditoria: 'Auditoría',
    },
    ajena: 'Esta parte es del personal de la tienda',
    ajenaTexto:
      'Tu cuenta es de cliente. Si trabajas en la tienda, pide a un administrador que te dé el rol de operador.',
    alCatalogo: 'Ir al catálogo',
    filtros: 'Filtros',
    quitarFiltros: 'Quitar los filtros',
    mas: 'Ver más',
    filas: (cuantas: number, hayMas: boolean) => `${hayMas ? 'Más de ' : ''}${cuantas}`,
    volver: 'Volver',
    dejarlo: 'No, dejarlo',
    escribe: (palabra: string) => `Para confirmar, escribe: ${palabra}`,
    noCoincide: (palabra: string) => `Escribe exactamente: ${palabra}`,
  },
  {
    gestion: 'Back office',
    secciones: 'Back office sections',
    seccion: {
      panel: 'Dashboard',
      pedidos: 'Orders',
      productos: 'Products',
      existencias: 'Stock',
      usuarios: 'Users',
      auditoria: 'Audit log',
    },
    ajena: 'This part is for the shop’s staff',
    ajenaTexto:
      'Yours is a customer’s account. If you work at the shop, ask an administrator to make you an operator.',
    alCatalogo: 'Go to the catalogue',
    filtros: 'Filters',
    quitarFiltros: 'Clear filters',
    mas: 'Show more',
    filas: (cuantas, hayMas) => `${hayMas ? 'More than ' : ''}${cuantas}`,
    volver: 'Back',
    dejarlo: 'No, leave it',
    escribe: (palabra) => `To confirm, type: ${palabra}`,
    noCoincide: (palabra) => `Type exactly: ${palabra}`,
  },
)
