import { createRoute, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import { raiz } from '../raiz.ts'
import { textosDe } from './busqueda.ts'

// The shop's first script knows only where the back office is; all that it shows comes when staff
// goes there. So what stands in this file must stay as small as it is. The pages' places in the
// navigation stand in navegacion.tsx.

/** Around every page of the back office. */
const marco = createRoute({
  getParentRoute: () => raiz,
  path: '/gestion',
  component: lazyRouteComponent(() => import('./marco-gestion.tsx'), 'MarcoGestion'),
})

/** `claves`: the texts that the page's address may hold. */
const pagina = <const P extends string, const C extends string = never>(
  path: P,
  component: RouteComponent,
  claves: readonly C[] = [],
) =>
  createRoute({
    getParentRoute: () => marco,
    path,
    component,
    validateSearch: textosDe(...claves),
  })

export const gestion = marco.addChildren([
  pagina(
    '/',
    lazyRouteComponent(() => import('./panel/panel-page.tsx'), 'PanelPage'),
    ['dias', 'desde', 'hasta'],
  ),
  pagina(
    '/pedidos',
    lazyRouteComponent(() => import('./pedidos/tablero-page.tsx'), 'TableroPage'),
    ['estado', 'clienteId', 'desde', 'hasta', 'q'],
  ),
  pagina(
    '/pedidos/$id',
    lazyRouteComponent(() => import('./pedidos/pedido-page.tsx'), 'PedidoPage'),
  ),
  pagina(
    '/pedidos/imprimir',
    lazyRouteComponent(() => import('./pedidos/imprimir-page.tsx'), 'ImprimirVariosPage'),
    ['ids', 'papel'],
  ),
  pagina(
    '/pedidos/$id/imprimir/$documento',
    lazyRouteComponent(() => import('./pedidos/imprimir-page.tsx'), 'ImprimirPage'),
    ['papel', 'recibido'],
  ),
  pagina(
    '/pedidos/venta',
    lazyRouteComponent(() => import('./venta/venta-page.tsx'), 'VentaPage'),
  ),
  pagina(
    '/usuarios',
    lazyRouteComponent(() => import('./usuarios/usuarios-page.tsx'), 'UsuariosPage'),
    ['q', 'rol', 'activo', 'cedula'],
  ),
  pagina(
    '/usuarios/$id',
    lazyRouteComponent(() => import('./usuarios/usuario-page.tsx'), 'UsuarioPage'),
  ),
  pagina(
    '/auditoria',
    lazyRouteComponent(() => import('./auditoria/auditoria-page.tsx'), 'AuditoriaPage'),
    ['accion', 'actorId', 'sujetoId'],
  ),
  pagina(
    '/productos',
    lazyRouteComponent(() => import('./productos/productos-page.tsx'), 'ProductosPage'),
    ['q', 'categoria', 'archivados', 'orden'],
  ),
  pagina(
    '/productos/nuevo',
    lazyRouteComponent(() => import('./productos/nuevo-page.tsx'), 'NuevoProductoPage'),
  ),
  pagina(
    '/productos/$id',
    lazyRouteComponent(() => import('./productos/producto-page.tsx'), 'ProductoGestionPage'),
  ),
  pagina(
    '/existencias',
    lazyRouteComponent(() => import('./existencias/existencias-page.tsx'), 'ExistenciasPage'),
    ['q', 'bajo', 'orden'],
  ),
  pagina(
    '/existencias/$id',
    lazyRouteComponent(() => import('./existencias/existencia-page.tsx'), 'ExistenciaPage'),
  ),
  pagina(
    '/impuestos',
    lazyRouteComponent(() => import('./impuestos/impuestos-page.tsx'), 'ImpuestosPage'),
    ['codigo'],
  ),
  pagina(
    '/envios',
    lazyRouteComponent(() => import('./envios/envios-page.tsx'), 'EnviosPage'),
  ),
  pagina(
    '/envios/$codigo',
    lazyRouteComponent(() => import('./envios/metodo-page.tsx'), 'MetodoPage'),
  ),
  pagina(
    '/cobros',
    lazyRouteComponent(() => import('./cobros/cobros-page.tsx'), 'CobrosPage'),
    ['ver', 'asunto', 'estado'],
  ),
  pagina(
    '/metodos-pago',
    lazyRouteComponent(() => import('./metodos-pago/metodos-page.tsx'), 'MetodosPagoPage'),
  ),
  pagina(
    '/metodos-pago/$codigo',
    lazyRouteComponent(() => import('./metodos-pago/metodo-page.tsx'), 'MetodoPagoPage'),
  ),
  pagina(
    '/avisos',
    lazyRouteComponent(() => import('./avisos/avisos-page.tsx'), 'AvisosPage'),
  ),
  pagina(
    '/cupones',
    lazyRouteComponent(() => import('./cupones/cupones-page.tsx'), 'CuponesPage'),
    ['q'],
  ),
  pagina(
    '/cupones/$codigo',
    lazyRouteComponent(() => import('./cupones/cupon-page.tsx'), 'CuponPage'),
  ),
  pagina(
    '/tienda',
    lazyRouteComponent(() => import('./tienda/tienda-page.tsx'), 'TiendaPage'),
  ),
  pagina(
    '/importar',
    lazyRouteComponent(() => import('./csv/importar-page.tsx'), 'ImportarPage'),
    ['de'],
  ),
])
