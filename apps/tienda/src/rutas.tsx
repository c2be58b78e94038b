import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { gestion } from './backoffice/ruta-gestion.ts'
import { rutasCatalogo } from './backoffice/rutas-catalogo.ts'
import { rutasGestion } from './backoffice/rutas-gestion.ts'
import { leerFiltros } from './datos/filtros.ts'
import { type EstadoPedido, estadosPedido } from './datos/pedidos.ts'
import { ErrorDePagina } from './marco/error-de-pagina.tsx'
import { CatalogoPage } from './pages/catalogo/catalogo-page.tsx'
import { raiz } from './raiz.ts'
import { EnCamino } from './sesion/con-sesion.tsx'
import { leerVolver } from './sesion/volver.ts'

// The catalogue is where people come in, so it is part of the first script; the rest is loaded
// when it is wanted.

const bajo = () => raiz

const catalogo = createRoute({
  getParentRoute: bajo,
  path: '/',
  validateSearch: leerFiltros,
  component: CatalogoPage,
})
const producto = createRoute({
  getParentRoute: bajo,
  path: '/productos/$id',
  component: lazyRouteComponent(() => import('./pages/producto/producto-page.tsx'), 'ProductoPage'),
})
const cesta = createRoute({
  getParentRoute: bajo,
  path: '/cesta',
  component: lazyRouteComponent(() => import('./pages/cesta/cesta-page.tsx'), 'CestaPage'),
})
const comprar = createRoute({
  getParentRoute: bajo,
  path: '/comprar',
  component: lazyRouteComponent(() => import('./pages/compra/comprar-page.tsx'), 'ComprarPage'),
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
  validateSearch: (busqueda): { nuevo?: true } =>
    busqueda['nuevo'] === true ? { nuevo: true } : {},
  component: lazyRouteComponent(() => import('./pages/pedidos/pedido-page.tsx'), 'PedidoPage'),
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
const olvido = createRoute({
  getParentRoute: bajo,
  path: '/olvido',
  component: lazyRouteComponent(() => import('./pages/acceso/olvido-page.tsx'), 'OlvidoPage'),
})
const restablecer = createRoute({
  getParentRoute: bajo,
  path: '/restablecer',
  component: lazyRouteComponent(
    () => import('./pages/acceso/restablecer-page.tsx'),
    'RestablecerPage',
  ),
})
const confirmar = createRoute({
  getParentRoute: bajo,
  path: '/confirmar',
  component: lazyRouteComponent(() => import('./pages/acceso/confirmar-page.tsx'), 'ConfirmarPage'),
})
const cuenta = createRoute({
  getParentRoute: bajo,
  path: '/cuenta',
  component: lazyRouteComponent(() => import('./pages/cuenta/cuenta-page.tsx'), 'CuentaPage'),
})

const routeTree = raiz.addChildren([
  catalogo,
  producto,
  cesta,
  comprar,
  pedidos,
  pedido,
  entrar,
  registro,
  olvido,
  restablecer,
  confirmar,
  cuenta,
  gestion.addChildren([...rutasGestion, ...rutasCatalogo]),
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
