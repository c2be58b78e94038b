import { enDosLenguas } from '../../textos/lenguas.ts'

/** Around the pages, and what the shared blocks say. */
export const useTextosMarco = enDosLenguas(
  {
    secciones: 'Secciones de gestión',
    seccion: {
      panel: 'Panel',
      pedidos: 'Pedidos',
      productos: 'Productos',
      existencias: 'Existencias',
      usuarios: 'Usuarios',
      envios: 'Envíos',
      cupones: 'Cupones',
      avisos: 'Correos',
      impuestos: 'Impuestos',
      tienda: 'Tienda',
      auditoria: 'Auditoría',
    },
    ajena: 'Esta parte es del personal de la tienda',
    ajenaTexto:
      'Tu cuenta es de cliente. Si trabajas en la tienda, pide a un administrador que te dé el rol de operador.',
    alCatalogo: 'Ir al catálogo',
    filtros: 'Filtros',
    quitarFiltros: 'Quitar los filtros',
    mas: 'Ver más',
    dejarlo: 'No, dejarlo',
    escribe: (palabra: string) => `Para confirmar, escribe: ${palabra}`,
    noCoincide: (palabra: string) => `Escribe exactamente: ${palabra}`,
  },
  {
    secciones: 'Back office sections',
    seccion: {
      panel: 'Dashboard',
      pedidos: 'Orders',
      productos: 'Products',
      existencias: 'Stock',
      usuarios: 'Users',
      envios: 'Shipping',
      cupones: 'Coupons',
      avisos: 'Emails',
      impuestos: 'Taxes',
      tienda: 'Shop',
      auditoria: 'Audit log',
    },
    ajena: 'Staff only',
    ajenaTexto:
      'You’re signed in with a customer account. If you work here, ask an administrator to give you the operator role.',
    alCatalogo: 'Go to the shop',
    filtros: 'Filters',
    quitarFiltros: 'Clear filters',
    mas: 'Show more',
    dejarlo: 'Keep as is',
    escribe: (palabra) => `To confirm, type ${palabra}`,
    noCoincide: (palabra) => `Type ${palabra} exactly as shown`,
  },
)
