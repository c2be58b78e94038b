import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { raiz } from '../raiz.ts'

// The shop's first script knows only where the back office is; all that it shows comes when staff
// goes there. So what stands in the routes' own files must stay as small as it is.

/** Around every page of the back office. */
export const gestion = createRoute({
  getParentRoute: () => raiz,
  path: '/gestion',
  component: lazyRouteComponent(() => import('./marco-gestion.tsx'), 'MarcoGestion'),
})
