import { createRootRoute } from '@tanstack/react-router'
import { Marco } from './marco/marco.tsx'
import { NoExiste } from './marco/no-existe.tsx'

/** What every page stands in. */
export const raiz = createRootRoute({ component: Marco, notFoundComponent: NoExiste })
