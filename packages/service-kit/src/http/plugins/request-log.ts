import { Elysia } from 'elysia'
import type { Logger } from '../../run/logger.ts'
import { loggedPath, pathnameOf } from '../edge/pathname.ts'
import { callContextOf } from './tracing.ts'

const quiet = new Set(['/livez', '/readyz', '/metrics'])

/** One line a request, at `debug`; the path only, as queries and headers may hold personal data. */
export const requestLog = (logger: Logger) =>
  new Elysia({ name: 'encargo/request-log', seed: crypto.randomUUID() }).onAfterResponse(
    { as: 'global' },
    ({ request, set }) => {
      const path = pathnameOf(request)
      if (quiet.has(path)) return
      const { traceId, startedAt } = callContextOf(request)
      const ms = Math.round((performance.now() - startedAt) * 10) / 10
      logger.debug('request', {
        traceId,
        method: request.method,
        path: loggedPath(request),
        status: set.status,
        ms,
      })
    },
  )
