import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router'
import { textosDe } from './backoffice/busqueda.ts'
import { gestion } from './backoffice/rutas.ts'
import { leerFiltros } from './datos/filtros.ts'
import { type EstadoPedido, estadosPedido } from './datos/pedidos.ts'
import { ErrorDePagina } from './marco/error-de-pagina.tsx'
import { CatalogoPage } from './pages/catalogo/catalogo-page.tsx'
import { PropiaPage } from './pages/propia/propia-page.tsx'
import { leerPaso } from './pages/compra/paso.ts'
import { raiz } from './raiz.ts'
import { EnCamino } from './sesion/con-sesion.tsx'
import { leerVolver } from './sesion/volver.ts'

// The catalogue is where people come in, so it is part of the first script; the rest is loaded
// when it is wanted.

const bajo = () => raiz

/** Whether somebody comes from ordering it. */
const recienHecho = (busqueda: Readonly<Record<string, unknown>>): { nuevo?: true } =>
  busqueda['nuevo'] === true ? { nuevo: true } : {}

const catalogo = createRoute({
  getParentRoute: bajo,
  path: '/',
  validateSearch: leerFiltros,
  component: CatalogoPage,
})
const pedidos = createRoute({
  getParentRoute: bajo,
  path: '/pedidos',
  validateSearch: (busqueda): { estado?: EstadoPedido } => {
    const estado = estadosPedido.find((uno) => uno === busqueda['estado'])
    return estado === undefined ? {} : { estado }
  },
  component: lazyRouteComponent(() => import('./pages/pedidos/pedidos-page.tsx'), 'PedidosPage'),
})
const pedido = createRoute({
  getParentRoute: bajo,
  path: '/pedidos/$id',
  validateSearch: recienHecho,
  component: lazyRouteComponent(() => import('./pages/pedidos/pedido-page.tsx'), 'PedidoPage'),
})
const comprar = createRoute({
  getParentRoute: bajo,
  path: '/comprar',
  validateSearch: leerPaso,
  component: lazyRouteComponent(() => import('./pages/compra/comprar-page.tsx'), 'ComprarPage'),
})
const seguimiento = createRoute({
  getParentRoute: bajo,
  path: '/seguimiento/$token',
  validateSearch: recienHecho,
  component: lazyRouteComponent(
    () => import('./pages/seguimiento/seguimiento-page.tsx'),
    'SeguimientoPage',
  ),
})
const pago = createRoute({
  getParentRoute: bajo,
  path: '/pago/$id',
  component: lazyRouteComponent(() => import('./pages/pago/pago-page.tsx'), 'PagoPage'),
})
const recibo = createRoute({
  getParentRoute: bajo,
  path: '/pedidos/$id/recibo',
  validateSearch: textosDe('papel'),
  component: lazyRouteComponent(() => import('./documentos/recibo-page.tsx'), 'ReciboPage'),
})
const entrar = createRoute({
  getParentRoute: bajo,
  path: '/entrar',
  validateSearch: leerVolver,
  component: lazyRouteComponent(() => import('./pages/acceso/entrar-page.tsx'), 'EntrarPage'),
})
const registro = createRoute({
  getParentRoute: bajo,
  path: '/registro',
  validateSearch: leerVolver,
  component: lazyRouteComponent(() => import('./pages/acceso/registro-page.tsx'), 'RegistroPage'),
})

/** A page whose address says nothing but its path. */
const pagina = <const P extends string>(path: P, component: RouteComponent) =>
  createRoute({ getParentRoute: bajo, path, component })

const routeTree = raiz.addChildren([
  catalogo,
  pedidos,
  pedido,
  recibo,
  comprar,
  seguimiento,
  pago,
  entrar,
  registro,
  pagina(
    '/productos/$id',
    lazyRouteComponent(() => import('./pages/producto/producto-page.tsx'), 'ProductoPage'),
  ),
  pagina(
    '/cesta',
    lazyRouteComponent(() => import('./pages/cesta/cesta-page.tsx'), 'CestaPage'),
  ),
  pagina(
    '/olvido',
    lazyRouteComponent(() => import('./pages/acceso/olvido-page.tsx'), 'OlvidoPage'),
  ),
  pagina(
    '/restablecer',
    lazyRouteComponent(() => import('./pages/acceso/restablecer-page.tsx'), 'RestablecerPage'),
  ),
  pagina(
    '/confirmar',
    lazyRouteComponent(() => import('./pages/acceso/confirmar-page.tsx'), 'ConfirmarPage'),
  ),
  pagina(
    '/cuenta',
    lazyRouteComponent(() => import('./pages/cuenta/cuenta-page.tsx'), 'CuentaPage'),
  ),
  // Part of the first script, as what it shows comes with the document.
  pagina('/paginas/$nombre', PropiaPage),
  pagina(
    '/terminos',
    lazyRouteComponent(() => import('./pages/legal/legal-page.tsx'), 'TerminosPage'),
  ),
  pagina(
    '/privacidad',
    lazyRouteComponent(() => import('./pages/legal/legal-page.tsx'), 'PrivacidadPage'),
  ),
  gestion,
])

export const crearRouter = () =>
  createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultPendingComponent: EnCamino,
    defaultErrorComponent: ErrorDePagina,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof crearRouter>
  }
}
