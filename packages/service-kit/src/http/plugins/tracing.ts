import { Elysia } from 'elysia'
import { type CallContext, createCallContext } from '../../peer/call-context.ts'

const contexts = new WeakMap<Request, CallContext>()

/** The context of a request; made on first use, so that it exists even where no hook ran. */
export function callContextOf(request: Request): CallContext {
  const known = contexts.get(request)
  if (known) return known
  const fresh = createCallContext(request.headers)
  contexts.set(request, fresh)
  return fresh
}

/**
 * Takes W3C `traceparent` and our `x-deadline-ms`, gives handlers `call` to pass on to peers, and
 * answers the trace id as `x-request-id`.
 *
 * @example app.use(tracing).get('/', ({ call }) => call.traceId)
 */
export const tracing = new Elysia({ name: 'encargo/tracing' })
  .onRequest(({ request, set }) => {
    set.headers['x-request-id'] = callContextOf(request).traceId
  })
  .derive({ as: 'global' }, ({ request }) => ({ call: callContextOf(request) }))
