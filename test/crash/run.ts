import type { ServiceName } from '@encargo/service-kit/run/config'
import type { Servable } from '@encargo/service-kit/http/entrance'
import type { Open } from '@encargo/service-kit/run/outside'
import { runService } from '@encargo/service-kit/run/run'
import { type ServiceConfig, startService } from '@encargo/service-kit/run/start-service'
import type { TObject } from '@sinclair/typebox'
import { armCrashPoint, aroundCalls, aroundPorts, watchWrites } from './points.ts'

/** What a service's `main.ts` does, in a world in which it dies where `CRASH_AT` says. */
export function runToDie<Name extends ServiceName, Schema extends TObject>(
  name: Name,
  schema: Schema,
  open: Open<ServiceConfig<Name, Schema>, Servable>,
): void {
  armCrashPoint(process.env, console.log)
  const started = watchWrites()
  const start = startService(name, schema, (config, outside) =>
    open(config, { ...outside, fetch: aroundCalls(outside.fetch), around: aroundPorts(name) }),
  )
  void runService(name, async (env) => {
    const running = await start(env)
    started()
    return running
  })
}
